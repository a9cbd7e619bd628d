{
    "name": "Medusa shop",
    "summary": "Receives the webhooks of medusa-plugin-odoo: orders become sale orders, customers become partners",
    "version": "19.0.1.0.0",
    "author": "The medusa-plugin-odoo authors",
    "license": "Other OSI approved licence",
    "category": "Sales/Sales",
    "depends": ["sale"],
    "data": ["security/ir.model.access.csv", "data/products.xml"],
}
