from . import medusa_webhook, res_partner, sale_order
