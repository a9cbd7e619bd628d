import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261125222000 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "odoo_stock_statement" add column if not exists "on_hand_at" timestamptz null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "odoo_stock_statement" drop column if exists "on_hand_at";`);
  }

}
