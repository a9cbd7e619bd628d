import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** An event and its delivery to Odoo's webhook, which were one row, become two; the pause becomes the destination's. */
export class Migration20261127122625 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "odoo_destination" ("id" text not null, "kind" text not null, "is_odoo" boolean not null, "events" text[] not null, "concurrency" integer not null, "timeout_ms" integer not null, "retry_schedule_ms" jsonb not null, "replays_after_outage" boolean not null default true, "paused_at" timestamptz null, "pause_reason" text null, "failures" integer not null default 0, "failing_since" timestamptz null, "failing_record" text null, "down_since" timestamptz null, "probe_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_destination_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_destination_deleted_at" ON "odoo_destination" ("deleted_at") WHERE deleted_at IS NULL;`);
    // its settings are written at each start of the shop; until then all events are written, and none is lost
    this.addSql(`insert into "odoo_destination" ("id", "kind", "is_odoo", "events", "concurrency", "timeout_ms", "retry_schedule_ms", "paused_at", "pause_reason") select 'webhook', 'webhook', true, '{order.created,order.status_updated,customer.created,customer.updated}', 8, 10000, '[60000, 300000, 900000]', max("paused_at"), max("pause_reason") from "odoo_delivery" where "id" = 'delivery' on conflict do nothing;`);

    this.addSql(`drop table if exists "odoo_delivery" cascade;`);
    this.addSql(`create table if not exists "odoo_delivery" ("id" text not null, "event_id" text not null, "destination_id" text not null, "sequence" integer not null, "record_kind" text not null, "record_id" text not null, "name" text not null, "status" text check ("status" in ('pending', 'waiting', 'delivered', 'failed', 'dismissed')) not null default 'pending', "is_head" boolean not null default true, "attempts" integer not null default 0, "attempts_before_replay" integer not null default 0, "next_attempt_at" timestamptz not null, "lease_id" text null, "leased_until" timestamptz null, "error_class" text null, "error_message" text null, "is_outage" boolean not null default false, "delivered_at" timestamptz null, "dismissal" text null, "dismissed_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_delivery_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_delivery_deleted_at" ON "odoo_delivery" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`alter table if exists "odoo_event" drop constraint if exists "odoo_event_record_kind_check";`);
    this.addSql(`insert into "odoo_delivery" ("id", "event_id", "destination_id", "sequence", "record_kind", "record_id", "name", "status", "is_head", "attempts", "attempts_before_replay", "next_attempt_at", "lease_id", "leased_until", "error_class", "error_message", "is_outage", "delivered_at", "dismissal", "dismissed_at", "created_at", "updated_at", "deleted_at") select regexp_replace(event."id", '^oevt_', 'odlv_') || '_webhook', event."id", 'webhook', event."sequence", event."record_kind", event."record_id", event."name", event."status", event."status" in ('pending', 'waiting', 'failed') and event."deleted_at" is null and row_number() over (partition by event."record_kind", event."record_id", event."status" in ('pending', 'waiting', 'failed') and event."deleted_at" is null order by event."sequence") = 1, event."attempts", event."attempts_before_replay", event."next_attempt_at", event."lease_id", event."leased_until", event."error_class", event."error_message", coalesce(event."status" in ('waiting', 'failed') and (event."error_class" in ('transport', 'timeout') or last."http_status" = 429 or last."http_status" >= 500), false), event."delivered_at", event."dismissal", event."dismissed_at", event."created_at", event."updated_at", event."deleted_at" from "odoo_event" as event left join "odoo_attempt" as last on last."event_id" = event."id" and last."number" = event."attempts" and last."deleted_at" is null;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_odoo_delivery_event_id_destination_id_unique" ON "odoo_delivery" ("event_id", "destination_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_delivery_destination_id_next_attempt_at_sequence" ON "odoo_delivery" ("destination_id", "next_attempt_at", "sequence") WHERE is_head AND status IN ('pending', 'waiting') AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_delivery_destination_id_next_attempt_at" ON "odoo_delivery" ("destination_id", "next_attempt_at") WHERE status = 'failed' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_delivery_record_kind_record_id_destination_id_sequence" ON "odoo_delivery" ("record_kind", "record_id", "destination_id", "sequence") WHERE status IN ('pending', 'waiting', 'failed') AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_delivery_record_id" ON "odoo_delivery" ("record_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_delivery_delivered_at_destination_id" ON "odoo_delivery" ("delivered_at", "destination_id") WHERE status = 'delivered' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_delivery_dismissed_at_destination_id" ON "odoo_delivery" ("dismissed_at", "destination_id") WHERE status = 'dismissed' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_delivery_created_at_id" ON "odoo_delivery" ("created_at", "id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_delivery_record_kind_created_at_id" ON "odoo_delivery" ("record_kind", "created_at", "id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_delivery_name_created_at_id" ON "odoo_delivery" ("name", "created_at", "id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_delivery_error_class" ON "odoo_delivery" ("error_class") WHERE error_class IS NOT NULL AND deleted_at IS NULL;`);

    this.addSql(`drop index if exists "IDX_odoo_attempt_event_id_number";`);
    this.addSql(`alter table if exists "odoo_attempt" rename column "event_id" to "delivery_id";`);
    this.addSql(`update "odoo_attempt" set "delivery_id" = regexp_replace("delivery_id", '^oevt_', 'odlv_') || '_webhook';`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_attempt_delivery_id_number" ON "odoo_attempt" ("delivery_id", "number") WHERE deleted_at IS NULL;`);

    this.addSql(`drop index if exists "IDX_odoo_event_next_attempt_at_sequence";`);
    this.addSql(`drop index if exists "IDX_odoo_event_record_kind_record_id_sequence";`);
    this.addSql(`drop index if exists "IDX_odoo_event_delivered_at";`);
    this.addSql(`drop index if exists "IDX_odoo_event_dismissed_at";`);
    this.addSql(`drop index if exists "IDX_odoo_event_created_at_id_record_kind_name";`);
    this.addSql(`drop index if exists "IDX_odoo_event_error_class";`);
    this.addSql(`alter table if exists "odoo_event" drop column if exists "status", drop column if exists "attempts", drop column if exists "attempts_before_replay", drop column if exists "next_attempt_at", drop column if exists "lease_id", drop column if exists "leased_until", drop column if exists "error_class", drop column if exists "error_message", drop column if exists "delivered_at", drop column if exists "dismissal", drop column if exists "dismissed_at";`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "odoo_event" add column if not exists "status" text check ("status" in ('pending', 'waiting', 'delivered', 'failed', 'dismissed')) not null default 'pending', add column if not exists "attempts" integer not null default 0, add column if not exists "attempts_before_replay" integer not null default 0, add column if not exists "next_attempt_at" timestamptz not null default now(), add column if not exists "lease_id" text null, add column if not exists "leased_until" timestamptz null, add column if not exists "error_class" text null, add column if not exists "error_message" text null, add column if not exists "delivered_at" timestamptz null, add column if not exists "dismissal" text null, add column if not exists "dismissed_at" timestamptz null;`);
    this.addSql(`update "odoo_event" as event set "status" = delivery."status", "attempts" = delivery."attempts", "attempts_before_replay" = delivery."attempts_before_replay", "next_attempt_at" = delivery."next_attempt_at", "lease_id" = delivery."lease_id", "leased_until" = delivery."leased_until", "error_class" = delivery."error_class", "error_message" = delivery."error_message", "delivered_at" = delivery."delivered_at", "dismissal" = delivery."dismissal", "dismissed_at" = delivery."dismissed_at" from "odoo_delivery" as delivery where delivery."event_id" = event."id" and delivery."destination_id" = 'webhook';`);
    this.addSql(`alter table if exists "odoo_event" alter column "next_attempt_at" drop default;`);
    // what was for others than the webhook is unknown to the older version
    this.addSql(`delete from "odoo_event" as event where event."record_kind" not in ('order', 'customer') or not exists (select 1 from "odoo_delivery" as delivery where delivery."event_id" = event."id" and delivery."destination_id" = 'webhook');`);
    this.addSql(`alter table if exists "odoo_event" add constraint "odoo_event_record_kind_check" check("record_kind" in ('order', 'customer'));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_next_attempt_at_sequence" ON "odoo_event" ("next_attempt_at", "sequence") WHERE status IN ('pending', 'waiting') AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_record_kind_record_id_sequence" ON "odoo_event" ("record_kind", "record_id", "sequence") WHERE status IN ('pending', 'waiting', 'failed') AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_delivered_at" ON "odoo_event" ("delivered_at") WHERE status = 'delivered' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_dismissed_at" ON "odoo_event" ("dismissed_at") WHERE status = 'dismissed' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_created_at_id_record_kind_name" ON "odoo_event" ("created_at", "id", "record_kind", "name") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_event_error_class" ON "odoo_event" ("error_class") WHERE error_class IS NOT NULL AND deleted_at IS NULL;`);

    this.addSql(`drop index if exists "IDX_odoo_attempt_delivery_id_number";`);
    this.addSql(`delete from "odoo_attempt" where "delivery_id" not like 'odlv_%_webhook';`);
    this.addSql(`alter table if exists "odoo_attempt" rename column "delivery_id" to "event_id";`);
    this.addSql(`update "odoo_attempt" set "event_id" = regexp_replace(regexp_replace("event_id", '^odlv_', 'oevt_'), '_webhook$', '');`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_attempt_event_id_number" ON "odoo_attempt" ("event_id", "number") WHERE deleted_at IS NULL;`);

    this.addSql(`drop table if exists "odoo_delivery" cascade;`);
    this.addSql(`create table if not exists "odoo_delivery" ("id" text not null, "paused_at" timestamptz null, "pause_reason" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "odoo_delivery_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_odoo_delivery_deleted_at" ON "odoo_delivery" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`insert into "odoo_delivery" ("id", "paused_at", "pause_reason") select 'delivery', "paused_at", "pause_reason" from "odoo_destination" where "id" = 'webhook' and "paused_at" is not null;`);
    this.addSql(`drop table if exists "odoo_destination" cascade;`);
  }

}
