"""The words that the analysis treats apart. All are folded (lower case, no accents); a change asks for a rebuild."""

STOP_WORDS = frozenset(
    ["a", "afin", "ainsi", "alors", "au", "aucun", "aussi", "autre", "autres", "aux", "avec", "avez", "avoir", "avons", "car", "ce", "ceci", "cela", "celle", "celles", "celui", "ces", "cet", "cette", "ceux", "chaque", "chez", "comme", "d", "dans", "de", "des", "deux", "donc", "dont", "du", "elle", "elles", "en", "encore", "es", "est", "et", "etaient", "etait", "etant", "ete", "etes", "etre", "eu", "eux", "font", "hors", "il", "ils", "j", "je", "l", "la", "le", "les", "leur", "leurs", "lors", "lui", "m", "ma", "mais", "me", "meme", "memes", "mes", "mon", "n", "ne", "ni", "nos", "notre", "nous", "on", "ont", "ou", "par", "parmi", "pas", "plusieurs", "pour", "puis", "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "qui", "quoi", "s", "sa", "sans", "se", "sera", "serez", "seront", "ses", "soit", "son", "sont", "sur", "t", "ta", "te", "tes", "ton", "tous", "tout", "toute", "toutes", "tu", "un", "une", "vers", "vos", "votre", "vous", "vu", "y", "and", "as", "by", "for", "from", "of", "or", "our", "the", "to", "we", "with", "you", "your"]
)
"""Not in it, though common lists have them: "c", "r" (languages), "si", "it", "ai" (the trade's own acronyms)."""

KEPT_WORDS = frozenset(
    ["access", "adobe", "agile", "airflow", "ajax", "alice", "android", "angular", "ansible", "apache", "apex", "api", "asana", "assembleur", "atlas", "aws", "azure", "bash", "big", "bootstrap", "build", "business", "c", "cassandra", "celery", "centos", "cisco", "citrix", "clojure", "cloud", "cobol", "cognos", "commerce", "communication", "consul", "cordova", "couchbase", "css", "cypress", "dart", "data", "databricks", "datadog", "dataiku", "debian", "delphi", "deno", "design", "devops", "directus", "django", "docker", "drupal", "druid", "duckdb", "eclipse", "elastic", "elixir", "ember", "erlang", "excel", "express", "fabric", "fedora", "figma", "firebase", "flask", "flink", "flutter", "fortinet", "fortran", "framer", "fusion", "gatsby", "git", "github", "gitlab", "go", "golang", "gradle", "grafana", "graphql", "groovy", "hadoop", "haskell", "helm", "hibernate", "hive", "html", "hudi", "iceberg", "informatica", "interface", "ionic", "istio", "java", "javascript", "jenkins", "jest", "jira", "joomla", "julia", "junit", "jupyter", "kafka", "keras", "keycloak", "kibana", "kotlin", "kubernetes", "lambda", "laravel", "less", "linux", "looker", "lua", "magento", "maria", "manager", "management", "marketo", "matlab", "maven", "mesos", "meteor", "metabase", "micronaut", "mistral", "mocha", "mongo", "moodle", "mulesoft", "mysql", "nagios", "nest", "next", "nexus", "nginx", "nifi", "node", "nosql", "notion", "nuxt", "nutanix", "octave", "odoo", "ops", "oracle", "outlook", "pandas", "perl", "phoenix", "php", "phone", "photoshop", "play", "playwright", "polars", "postgres", "postgresql", "power", "prisma", "product", "prolog", "prometheus", "puppet", "python", "pytorch", "qlik", "quarkus", "rabbit", "rails", "react", "redis", "redux", "remix", "ruby", "rust", "saas", "safe", "sage", "sales", "salesforce", "sap", "sass", "scala", "science", "scientist", "scratch", "scrum", "selenium", "sketch", "slack", "snowflake", "solid", "solr", "sonar", "spark", "splunk", "spring", "sql", "stack", "storm", "strapi", "streamlit", "struts", "suite", "svelte", "swift", "symfony", "tableau", "talend", "teams", "tensor", "tensorflow", "terraform", "tomcat", "twig", "typescript", "ubuntu", "unity", "unix", "unreal", "vagrant", "vault", "vba", "vercel", "vite", "vue", "web", "webpack", "windows", "word", "xamarin", "zabbix", "zend"]
)
"""Names that the stemmer must not touch, and that no stem of another word may become (React is not "réactif")."""

EXCEPTIONS = {
    "administratif": "administratif",
    "administrative": "administratif",
    "conseil": "conseil~",
    "matrice": "matrice~",
    "traval": "travail",
}
"""Singulars whose stem would be wrong or another word's: advice is no adviser, "administratif" no administrator."""

UNITS_BEFORE_A_LETTER = frozenset(["permis", "categorie", "cat", "classe", "type", "niveau", "batiment", "vitamine", "plan", "serie", "rer", "grade"])
"""After these a lone letter names a class, not a programming language ("catégorie C", "permis C", "RER C")."""

LONE_LETTERS = frozenset("cer")
"""Letters that are words: the languages, and the "e" of "e-commerce"."""

AFTER_A_WORD = {("business", "develop"): "businessdevelop"}
"""Terms that mean something else after a word, and the term they are then."""
