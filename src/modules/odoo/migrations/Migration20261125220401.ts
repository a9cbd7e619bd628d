import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261125220401 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_dismissed_at" ON "odoo_event" ("dismissed_at") WHERE status = 'dismissed' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_created_at_id_record_kind_name" ON "odoo_event" ("created_at", "id", "record_kind", "name") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_error_class" ON "odoo_event" ("error_class") WHERE error_class IS NOT NULL AND deleted_at IS NULL;`);

    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_link_record_kind_odoo_name" ON "odoo_link" ("record_kind", "odoo_name") WHERE odoo_name IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_link_updated_at" ON "odoo_link" ("updated_at") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_odoo_event_dismissed_at";`);
    this.addSql(`drop index if exists "IDX_odoo_event_created_at_id_record_kind_name";`);
    this.addSql(`drop index if exists "IDX_odoo_event_error_class";`);

    this.addSql(`drop index if exists "IDX_odoo_link_record_kind_odoo_name";`);
    this.addSql(`drop index if exists "IDX_odoo_link_updated_at";`);
  }

}
