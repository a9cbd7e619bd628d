from . import faults, webhook
