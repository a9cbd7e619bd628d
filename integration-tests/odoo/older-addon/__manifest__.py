{
    "name": "Medusa, an older controller",
    "summary": "An older controller, as its description tells to put it into an addon, with the fields that the controller needs",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "depends": ["sale_stock"],
}
