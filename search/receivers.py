"""What search makes of the facts that jobs announces."""
