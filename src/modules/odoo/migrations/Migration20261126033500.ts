import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * Each push of counts asks whether anything is kept for their SKUs, in whatever case. A model has no word for such an
 * index; and of one with a condition Postgres takes no statistics for its guess of how many rows there are.
 */
export class Migration20261126033500 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_stock_record_lower_sku" ON "odoo_stock_record" (lower("sku"));`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_odoo_stock_record_lower_sku";`)
  }
}
