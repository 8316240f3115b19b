"""One base of settings; what differs per installation comes from ``config.environment``."""

from . import environment, keys
from .caches import caches
from .database import database
from .mail import mail

ENV = environment.read()
DEMONSTRATION = ENV.demonstration
DEBUG = ENV.debug
SECRET_KEY = keys.secret_key(ENV.keys)
BASE_URL = ENV.base_url
SECURITY_CONTACT = ENV.security_contact
ALLOWED_HOSTS = list(ENV.hosts)
DATA_HOME = ENV.home
KEY_HOME = ENV.keys
ANCHORS = ENV.anchors

ROOMS = ["leerkracht.boards", "leerkracht.organisations", "leerkracht.accounts", "leerkracht.core"]
INSTALLED_APPS = [
    "leerkracht.config",
    *ROOMS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "leerkracht.accounts.middleware.SessionLimitsMiddleware",
    "leerkracht.accounts.middleware.PersonLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "leerkracht.accounts.middleware.SignInRequiredMiddleware",
    "leerkracht.accounts.middleware.SecondFactorMiddleware",
]
ROOT_URLCONF = "leerkracht.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leerkracht.config.context.surroundings",
            ],
            "builtins": [
                "leerkracht.core.templatetags.components",
                "django.templatetags.i18n",
                "template_partials.templatetags.partials",
            ],
        },
    }
]

DATABASES = {"default": database(ENV.database_url, ENV.home)}
CACHES = caches(DATABASES["default"]["ENGINE"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # an address is unique whatever its capitals: a constraint on Lower("email")
    "security.W005",  # HSTS for names under ours: those are somebody else's, often of the same school
    "security.W021",  # the browsers' preload list is for whole domains, and takes names under them along
]
ACCOUNT_ADAPTER = "leerkracht.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENV.is_secure else 0
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
# A whole school signs in from one address on its first morning; per person the limits stay tight.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "request_login_code": "120/m/ip,5/10m/key",
    "login_failed": "60/m/ip,5/300s/key",
    "signup": "60/m/ip",
    "code_guess": "60/m/ip,6/10m/key",
    "join_code": "30/m/ip",
    "policy_report": "60/m/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
ACCOUNT_FORMS = {
    "login": "leerkracht.accounts.forms.SignInForm",
    "signup": "leerkracht.accounts.forms.ReaderSignupForm",
    "confirm_login_code": "leerkracht.accounts.forms.SignInCodeForm",
    "confirm_email_verification_code": "leerkracht.accounts.forms.AddressCodeForm",
    "add_email": "leerkracht.accounts.forms.NewAddressForm",
}
MFA_ADAPTER = "leerkracht.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "leerkracht"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENV.is_secure
MFA_FORMS = {
    "authenticate": "leerkracht.accounts.forms.SecondFactorForm",
    "reauthenticate": "leerkracht.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "leerkracht.accounts.forms.ActivateAppForm",
    "add_webauthn": "leerkracht.accounts.forms.AddPasskeyForm",
}

# People of a school may come in by their school's own sign-in page; which ones is said by the environment.
FEDERATIONS = ENV.federations
SOCIALACCOUNT_ADAPTER = "leerkracht.accounts.adapters.federation.SchoolAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "leerkracht.accounts.adapters.federation.SchoolAccountProvider"}
}

# Ports share cookies, so two installations on one machine need names of their own.
_prefix = "__Host-" if ENV.is_secure else ""
SESSION_COOKIE_NAME = f"{_prefix}leerkracht_{ENV.instance}"
CSRF_COOKIE_NAME = f"{_prefix}leerkracht_form_{ENV.instance}"
LANGUAGE_COOKIE_NAME = f"{_prefix}leerkracht_language_{ENV.instance}"
DEVICE_COOKIE_NAME = f"{_prefix}leerkracht_board_{ENV.instance}"
GUEST_COOKIE_NAME = f"{_prefix}leerkracht_guest_{ENV.instance}"
CSRF_FAILURE_VIEW = "leerkracht.core.views.pages.form_expired"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENV.is_secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_TRUSTED_ORIGINS = [ENV.base_url]
# The headers themselves stand in config/serving/headers.py, for every door; Django's own checks look here.
SECURE_SSL_REDIRECT = ENV.is_secure
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # a balancer asks inside, without TLS
SECURE_HSTS_SECONDS = 31536000 if ENV.is_secure else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.is_secure else None
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [environment.REPOSITORY / "src" / "leerkracht" / "core" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = ENV.home / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ENV.home / "files"},
    },
    "staticfiles": {"BACKEND": "leerkracht.config.statics.HashedStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has anything to do with our files
CONTENT_HOME = environment.REPOSITORY / "content"

MAIL = mail(ENV.mail_url, demonstration=ENV.demonstration)
MAIL_AT_ONCE = False  # the tests set it
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL.sender
EMAIL_BACKEND = MAIL.backend
EMAIL_FILE_PATH = ENV.home / "mail"
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = MAIL.host, MAIL.port, 20
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starts_tls, MAIL.is_tls
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING_CONFIG = None
