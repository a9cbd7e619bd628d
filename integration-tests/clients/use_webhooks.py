"""Uses a program that posts webhooks as Odoo does. The program's own usage examples speak of a record `sale_order`."""
import json
import runpy
import sys
from types import SimpleNamespace


def records(text):
    return json.loads(text, object_hook=lambda fields: SimpleNamespace(**fields))


shipped, canceled = records(sys.argv[2])
products = records(sys.argv[3])
program = runpy.run_path(sys.argv[1], init_globals={"sale_order": shipped})
tell = program["update_order_status_in_medusa"]
print(json.dumps({
    "products": [program["sync_product_to_medusa"](product) for product in products],
    "inventory": program["sync_inventory_to_medusa"](products),
    "confirmed": tell(canceled, "order.confirmed"),
    "canceled": tell(canceled, "order.cancelled", cancelled_reason="Customer requested cancellation"),
}))
