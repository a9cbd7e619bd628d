import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261127083621 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "odoo_api_key" add column if not exists "scopes" text[] not null default '{read,write,subscribe}';`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "odoo_api_key" drop column if exists "scopes";`);
  }

}
