from demo.loading.load import Loaded, is_empty, load_demo

__all__ = ["Loaded", "is_empty", "load_demo"]
