import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** An order may have parts of a piece: its books keep decimals, with all their digits beside each, as Medusa does. */
export class Migration20261127083506 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table if exists "odoo_movement" add column if not exists "raw_quantity" jsonb null, add column if not exists "raw_per_piece" jsonb not null default '{"value":"1","precision":20}';`);
    this.addSql(`alter table if exists "odoo_movement" alter column "quantity" type numeric using ("quantity"::numeric), alter column "per_piece" type numeric using ("per_piece"::numeric);`);
    this.addSql(`update "odoo_movement" set "raw_quantity" = jsonb_build_object('value', "quantity"::text, 'precision', 20), "raw_per_piece" = jsonb_build_object('value', "per_piece"::text, 'precision', 20);`);
    this.addSql(`alter table if exists "odoo_movement" alter column "raw_quantity" set not null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "odoo_movement" drop column if exists "raw_quantity", drop column if exists "raw_per_piece";`);
    this.addSql(`alter table if exists "odoo_movement" alter column "quantity" type integer using ("quantity"::integer), alter column "per_piece" type integer using ("per_piece"::integer);`);
  }
}
