CREATE TABLE public.odoo_api_key (
    id text NOT NULL,
    title text NOT NULL,
    digest text NOT NULL,
    redacted text NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    scopes text[] DEFAULT '{read,write,subscribe}'::text[] NOT NULL
);
CREATE TABLE public.odoo_attempt (
    id text NOT NULL,
    event_id text NOT NULL,
    number integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    duration_ms integer NOT NULL,
    http_status integer,
    error_class text,
    error_message text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    reply text
);
CREATE TABLE public.odoo_delivery (
    id text NOT NULL,
    paused_at timestamp with time zone,
    pause_reason text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone
);
CREATE TABLE public.odoo_event (
    id text NOT NULL,
    sequence integer NOT NULL,
    record_kind text NOT NULL,
    record_id text NOT NULL,
    name text NOT NULL,
    body text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone NOT NULL,
    lease_id text,
    leased_until timestamp with time zone,
    error_class text,
    error_message text,
    delivered_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    attempts_before_replay integer DEFAULT 0 NOT NULL,
    dismissal text,
    dismissed_at timestamp with time zone,
    CONSTRAINT odoo_event_record_kind_check CHECK ((record_kind = ANY (ARRAY['order'::text, 'customer'::text]))),
    CONSTRAINT odoo_event_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'waiting'::text, 'delivered'::text, 'failed'::text, 'dismissed'::text])))
);
CREATE SEQUENCE public.odoo_event_sequence_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.odoo_event_sequence_seq OWNED BY public.odoo_event.sequence;
CREATE TABLE public.odoo_link (
    id text NOT NULL,
    record_kind text NOT NULL,
    record_id text NOT NULL,
    odoo_id text NOT NULL,
    odoo_name text,
    odoo_status text,
    synced_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT odoo_link_record_kind_check CHECK ((record_kind = ANY (ARRAY['order'::text, 'customer'::text])))
);
CREATE TABLE public.odoo_movement (
    id text NOT NULL,
    order_id text NOT NULL,
    line_item_id text NOT NULL,
    inventory_item_id text NOT NULL,
    location_id text,
    quantity numeric NOT NULL,
    via text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    per_piece numeric DEFAULT 1 NOT NULL,
    unsettled_since timestamp with time zone,
    raw_quantity jsonb NOT NULL,
    raw_per_piece jsonb DEFAULT '{"value": "1", "precision": 20}'::jsonb NOT NULL,
    CONSTRAINT odoo_movement_via_check CHECK ((via = ANY (ARRAY['reduce'::text, 'fulfilment'::text])))
);
CREATE TABLE public.odoo_receipt (
    id text NOT NULL,
    scope text NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    status integer,
    body text,
    leased_until timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    outcome text
);
CREATE TABLE public.odoo_record_state (
    id text NOT NULL,
    record_kind text NOT NULL,
    record_id text NOT NULL,
    status text,
    fulfillment_status text,
    payment_status text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    profile jsonb,
    address_ids text[],
    source_mark text,
    announced_at timestamp with time zone,
    told_by_odoo text[],
    told_until timestamp with time zone,
    CONSTRAINT odoo_record_state_record_kind_check CHECK ((record_kind = ANY (ARRAY['order'::text, 'customer'::text])))
);
CREATE TABLE public.odoo_refusal (
    id text NOT NULL,
    record_kind text NOT NULL,
    record_id text NOT NULL,
    said text NOT NULL,
    code text NOT NULL,
    message text NOT NULL,
    details jsonb,
    times integer DEFAULT 1 NOT NULL,
    refused_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    dismissal text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT odoo_refusal_record_kind_check CHECK ((record_kind = ANY (ARRAY['order'::text, 'customer'::text])))
);
CREATE TABLE public.odoo_stock_record (
    id text NOT NULL,
    sku text NOT NULL,
    inventory_item_id text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone
);
CREATE TABLE public.odoo_stock_statement (
    id text NOT NULL,
    inventory_item_id text NOT NULL,
    location_id text NOT NULL,
    counted_at timestamp with time zone,
    stated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    on_hand_at timestamp with time zone
);
CREATE TABLE public.odoo_sweep (
    id text NOT NULL,
    installed_at timestamp with time zone NOT NULL,
    baseline_position jsonb,
    baseline_done_at timestamp with time zone,
    swept_until timestamp with time zone NOT NULL,
    swept_at timestamp with time zone,
    reconciled_at timestamp with time zone,
    next_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone
);
ALTER TABLE ONLY public.odoo_event ALTER COLUMN sequence SET DEFAULT nextval('public.odoo_event_sequence_seq'::regclass);
INSERT INTO public.odoo_api_key (id, title, digest, redacted, last_used_at, revoked_at, created_at, updated_at, deleted_at, scopes) VALUES ('okey_01K1', 'Odoo', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'odoo_abcd', '2026-11-21 10:00:00+00', NULL, '2026-11-27 13:12:39.568435+00', '2026-11-27 13:12:39.568435+00', NULL, '{read,push}');
INSERT INTO public.odoo_attempt (id, event_id, number, started_at, duration_ms, http_status, error_class, error_message, created_at, updated_at, deleted_at, reply) VALUES ('oatt_01K1_1', 'oevt_01K1', 1, '2026-11-20 08:00:00+00', 41, 200, NULL, NULL, '2026-11-27 13:12:39.435557+00', '2026-11-27 13:12:39.435557+00', NULL, '{"success":true,"odoo_order_id":7}');
INSERT INTO public.odoo_attempt (id, event_id, number, started_at, duration_ms, http_status, error_class, error_message, created_at, updated_at, deleted_at, reply) VALUES ('oatt_01K2_1', 'oevt_01K2', 1, '2026-11-21 09:00:00+00', 3, NULL, 'transport', 'Odoo could not be reached (ECONNREFUSED).', '2026-11-27 13:12:39.435557+00', '2026-11-27 13:12:39.435557+00', NULL, NULL);
INSERT INTO public.odoo_attempt (id, event_id, number, started_at, duration_ms, http_status, error_class, error_message, created_at, updated_at, deleted_at, reply) VALUES ('oatt_01K2_2', 'oevt_01K2', 2, '2026-11-21 09:01:00+00', 3, NULL, 'transport', 'Odoo could not be reached (ECONNREFUSED).', '2026-11-27 13:12:39.435557+00', '2026-11-27 13:12:39.435557+00', NULL, NULL);
INSERT INTO public.odoo_attempt (id, event_id, number, started_at, duration_ms, http_status, error_class, error_message, created_at, updated_at, deleted_at, reply) VALUES ('oatt_01K2_3', 'oevt_01K2', 3, '2026-11-21 09:06:00+00', 3, NULL, 'transport', 'Odoo could not be reached (ECONNREFUSED).', '2026-11-27 13:12:39.435557+00', '2026-11-27 13:12:39.435557+00', NULL, NULL);
INSERT INTO public.odoo_attempt (id, event_id, number, started_at, duration_ms, http_status, error_class, error_message, created_at, updated_at, deleted_at, reply) VALUES ('oatt_01K2_4', 'oevt_01K2', 4, '2026-11-21 09:21:00+00', 3, NULL, 'transport', 'Odoo could not be reached (ECONNREFUSED).', '2026-11-27 13:12:39.435557+00', '2026-11-27 13:12:39.435557+00', NULL, NULL);
INSERT INTO public.odoo_attempt (id, event_id, number, started_at, duration_ms, http_status, error_class, error_message, created_at, updated_at, deleted_at, reply) VALUES ('oatt_01K4_1', 'oevt_01K4', 1, '2026-11-21 10:00:00+00', 9, 503, 'http', 'Odoo answered 503.', '2026-11-27 13:12:39.435557+00', '2026-11-27 13:12:39.435557+00', NULL, 'down');
INSERT INTO public.odoo_attempt (id, event_id, number, started_at, duration_ms, http_status, error_class, error_message, created_at, updated_at, deleted_at, reply) VALUES ('oatt_01K4_2', 'oevt_01K4', 2, '2026-11-21 10:05:00+00', 9, 503, 'http', 'Odoo answered 503.', '2026-11-27 13:12:39.435557+00', '2026-11-27 13:12:39.435557+00', NULL, 'down');
INSERT INTO public.odoo_attempt (id, event_id, number, started_at, duration_ms, http_status, error_class, error_message, created_at, updated_at, deleted_at, reply) VALUES ('oatt_01K5_8', 'oevt_01K5', 8, '2026-11-21 10:00:00+00', 90, 200, 'rpc_error', 'Odoo raised an error. It said: The order is locked.', '2026-11-27 13:12:39.435557+00', '2026-11-27 13:12:39.435557+00', NULL, '{"error":{}}');
INSERT INTO public.odoo_delivery (id, paused_at, pause_reason, created_at, updated_at, deleted_at) VALUES ('delivery', '2026-11-22 12:00:00+00', 'Odoo is being upgraded', '2026-11-27 13:12:39.454394+00', '2026-11-27 13:12:39.454394+00', NULL);
INSERT INTO public.odoo_event (id, sequence, record_kind, record_id, name, body, status, attempts, next_attempt_at, lease_id, leased_until, error_class, error_message, delivered_at, created_at, updated_at, deleted_at, attempts_before_replay, dismissal, dismissed_at) VALUES ('oevt_01K1', 1, 'order', 'order_1', 'order.created', '{"event":"order.created","timestamp":"2026-11-20T08:00:00.000Z","data":{"order":{"id":"order_1","total":1999,"note":"größer „×2“"}}}', 'delivered', 1, '2026-11-20 08:00:01+00', NULL, NULL, NULL, NULL, '2026-11-20 08:00:01+00', '2026-11-20 08:00:00+00', '2026-11-20 08:00:01+00', NULL, 0, NULL, NULL);
INSERT INTO public.odoo_event (id, sequence, record_kind, record_id, name, body, status, attempts, next_attempt_at, lease_id, leased_until, error_class, error_message, delivered_at, created_at, updated_at, deleted_at, attempts_before_replay, dismissal, dismissed_at) VALUES ('oevt_01K2', 2, 'order', 'order_1', 'order.status_updated', '{"event":"order.status_updated","data":{"order_id":"order_1"}}', 'failed', 4, '2026-11-21 09:21:00+00', NULL, NULL, 'transport', 'Odoo could not be reached (ECONNREFUSED).', NULL, '2026-11-21 09:00:00+00', '2026-11-21 09:21:00+00', NULL, 0, NULL, NULL);
INSERT INTO public.odoo_event (id, sequence, record_kind, record_id, name, body, status, attempts, next_attempt_at, lease_id, leased_until, error_class, error_message, delivered_at, created_at, updated_at, deleted_at, attempts_before_replay, dismissal, dismissed_at) VALUES ('oevt_01K3', 3, 'order', 'order_1', 'order.status_updated', '{"event":"order.status_updated","data":{"order_id":"order_1","n":3}}', 'pending', 0, '2026-11-21 10:00:00+00', NULL, NULL, NULL, NULL, NULL, '2026-11-21 10:00:00+00', '2026-11-21 10:00:00+00', NULL, 0, NULL, NULL);
INSERT INTO public.odoo_event (id, sequence, record_kind, record_id, name, body, status, attempts, next_attempt_at, lease_id, leased_until, error_class, error_message, delivered_at, created_at, updated_at, deleted_at, attempts_before_replay, dismissal, dismissed_at) VALUES ('oevt_01K4', 4, 'order', 'order_2', 'order.created', '{"event":"order.created","data":{"order":{"id":"order_2"}}}', 'waiting', 2, '2036-11-27 20:00:00+00', NULL, NULL, 'http', 'Odoo answered 503.', NULL, '2026-11-21 10:00:00+00', '2026-11-21 10:05:00+00', NULL, 0, NULL, NULL);
INSERT INTO public.odoo_event (id, sequence, record_kind, record_id, name, body, status, attempts, next_attempt_at, lease_id, leased_until, error_class, error_message, delivered_at, created_at, updated_at, deleted_at, attempts_before_replay, dismissal, dismissed_at) VALUES ('oevt_01K5', 5, 'order', 'order_3', 'order.created', '{"event":"order.created","data":{"order":{"id":"order_3"}}}', 'failed', 8, '2026-11-21 10:00:00+00', NULL, NULL, 'rpc_error', 'Odoo raised an error. It said: The order is locked.', NULL, '2026-11-21 08:00:00+00', '2026-11-21 10:00:00+00', NULL, 4, NULL, NULL);
INSERT INTO public.odoo_event (id, sequence, record_kind, record_id, name, body, status, attempts, next_attempt_at, lease_id, leased_until, error_class, error_message, delivered_at, created_at, updated_at, deleted_at, attempts_before_replay, dismissal, dismissed_at) VALUES ('oevt_01K6', 6, 'order', 'order_4', 'order.created', '{"event":"order.created","data":{"order":{"id":"order_4"}}}', 'dismissed', 4, '2026-11-21 10:00:00+00', NULL, NULL, 'refused', 'Odoo refused it.', NULL, '2026-11-21 08:00:00+00', '2026-11-22 10:00:00+00', NULL, 0, 'entered by hand', '2026-11-22 10:00:00+00');
INSERT INTO public.odoo_event (id, sequence, record_kind, record_id, name, body, status, attempts, next_attempt_at, lease_id, leased_until, error_class, error_message, delivered_at, created_at, updated_at, deleted_at, attempts_before_replay, dismissal, dismissed_at) VALUES ('oevt_01K7', 7, 'order', 'order_5', 'order.created', '{"event":"order.created","data":{"order":{"id":"order_5"}}}', 'pending', 0, '2026-11-21 10:00:00+00', 'lease-of-a-process-that-died', '2026-11-21 10:00:40+00', NULL, NULL, NULL, '2026-11-21 10:00:00+00', '2026-11-21 10:00:00+00', NULL, 0, NULL, NULL);
INSERT INTO public.odoo_event (id, sequence, record_kind, record_id, name, body, status, attempts, next_attempt_at, lease_id, leased_until, error_class, error_message, delivered_at, created_at, updated_at, deleted_at, attempts_before_replay, dismissal, dismissed_at) VALUES ('oevt_01K8', 8, 'customer', 'cus_1', 'customer.created', '{"event":"customer.created","data":{"customer":{"id":"cus_1"}}}', 'pending', 0, '2026-11-21 10:00:00+00', NULL, NULL, NULL, NULL, NULL, '2026-11-21 10:00:00+00', '2026-11-21 10:00:00+00', NULL, 0, NULL, NULL);
INSERT INTO public.odoo_event (id, sequence, record_kind, record_id, name, body, status, attempts, next_attempt_at, lease_id, leased_until, error_class, error_message, delivered_at, created_at, updated_at, deleted_at, attempts_before_replay, dismissal, dismissed_at) VALUES ('oevt_01K9', 9, 'customer', 'cus_1', 'customer.updated', '{"event":"customer.updated","data":{"customer":{"id":"cus_1"},"changed_fields":["phone"]}}', 'pending', 0, '2026-11-21 11:00:00+00', NULL, NULL, NULL, NULL, NULL, '2026-11-21 11:00:00+00', '2026-11-21 11:00:00+00', NULL, 0, NULL, NULL);
INSERT INTO public.odoo_link (id, record_kind, record_id, odoo_id, odoo_name, odoo_status, synced_at, created_at, updated_at, deleted_at) VALUES ('olnk_01K1', 'order', 'order_1', '7', 'S00007', 'sale', '2026-11-20 08:00:01+00', '2026-11-27 13:12:39.465894+00', '2026-11-27 13:12:39.465894+00', NULL);
INSERT INTO public.odoo_link (id, record_kind, record_id, odoo_id, odoo_name, odoo_status, synced_at, created_at, updated_at, deleted_at) VALUES ('olnk_01K2', 'customer', 'cus_2', '42', NULL, NULL, '2026-11-20 08:00:01+00', '2026-11-27 13:12:39.465894+00', '2026-11-27 13:12:39.465894+00', NULL);
INSERT INTO public.odoo_movement (id, order_id, line_item_id, inventory_item_id, location_id, quantity, via, created_at, updated_at, deleted_at, per_piece, unsettled_since, raw_quantity, raw_per_piece) VALUES ('omov_01K1', 'order_1', 'ordli_1', 'iitem_1', 'sloc_1', 2.5, 'reduce', '2026-11-27 13:12:39.528219+00', '2026-11-27 13:12:39.528219+00', NULL, 1, NULL, '{"value": "2.5", "precision": 20}', '{"value": "1", "precision": 20}');
INSERT INTO public.odoo_movement (id, order_id, line_item_id, inventory_item_id, location_id, quantity, via, created_at, updated_at, deleted_at, per_piece, unsettled_since, raw_quantity, raw_per_piece) VALUES ('omov_01K2', 'order_1', 'ordli_1', 'iitem_1', NULL, -1, 'fulfilment', '2026-11-27 13:12:39.528219+00', '2026-11-27 13:12:39.528219+00', NULL, 3, '2026-11-21 10:00:00+00', '{"value": "-1", "precision": 20}', '{"value": "3", "precision": 20}');
INSERT INTO public.odoo_receipt (id, scope, key, fingerprint, status, body, leased_until, expires_at, created_at, updated_at, deleted_at, outcome) VALUES ('orcp_01K1', 'POST /odoo/inventory/update', 'key-1', 'ab12', 200, '{"success":true}', NULL, '2036-11-27 00:00:00+00', '2026-11-27 13:12:39.495377+00', '2026-11-27 13:12:39.495377+00', NULL, NULL);
INSERT INTO public.odoo_receipt (id, scope, key, fingerprint, status, body, leased_until, expires_at, created_at, updated_at, deleted_at, outcome) VALUES ('orcp_01K2', 'POST /odoo/webhooks/orders', 'key-2', 'cd34', NULL, NULL, '2026-11-21 10:00:40+00', '2036-11-27 00:00:00+00', '2026-11-27 13:12:39.495377+00', '2026-11-27 13:12:39.495377+00', NULL, '{"effects":["shipped"]}');
INSERT INTO public.odoo_record_state (id, record_kind, record_id, status, fulfillment_status, payment_status, created_at, updated_at, deleted_at, version, profile, address_ids, source_mark, announced_at, told_by_odoo, told_until) VALUES ('ostt_01K1', 'order', 'order_1', 'pending', 'shipped', 'captured', '2026-11-27 13:12:39.476757+00', '2026-11-27 13:12:39.476757+00', NULL, 5, NULL, NULL, '3/5388000000000000', '2026-11-20 08:00:00+00', '{status=canceled}', '2026-11-20 08:02:00+00');
INSERT INTO public.odoo_record_state (id, record_kind, record_id, status, fulfillment_status, payment_status, created_at, updated_at, deleted_at, version, profile, address_ids, source_mark, announced_at, told_by_odoo, told_until) VALUES ('ostt_01K2', 'order', 'order_2', 'pending', 'not_fulfilled', 'authorized', '2026-11-27 13:12:39.476757+00', '2026-11-27 13:12:39.476757+00', NULL, 1, NULL, NULL, '1/1796000000000000', '2026-11-21 10:00:00+00', NULL, NULL);
INSERT INTO public.odoo_record_state (id, record_kind, record_id, status, fulfillment_status, payment_status, created_at, updated_at, deleted_at, version, profile, address_ids, source_mark, announced_at, told_by_odoo, told_until) VALUES ('ostt_01K3', 'customer', 'cus_1', NULL, NULL, NULL, '2026-11-27 13:12:39.476757+00', '2026-11-27 13:12:39.476757+00', NULL, 2, '{"email": "5d41402abc4b2a76b9719d911017c592", "phone": "7d793037a0760186574b0282f2f435e7"}', '{cuaddr_1,cuaddr_2}', '2/3592000000000000', '2026-11-21 10:00:00+00', NULL, NULL);
INSERT INTO public.odoo_record_state (id, record_kind, record_id, status, fulfillment_status, payment_status, created_at, updated_at, deleted_at, version, profile, address_ids, source_mark, announced_at, told_by_odoo, told_until) VALUES ('ostt_01K4', 'order', 'order_0', 'completed', 'delivered', 'captured', '2026-11-27 13:12:39.476757+00', '2026-11-27 13:12:39.476757+00', NULL, 1, NULL, NULL, '1/1796000000000000', NULL, NULL, NULL);
INSERT INTO public.odoo_refusal (id, record_kind, record_id, said, code, message, details, times, refused_at, settled_at, dismissal, created_at, updated_at, deleted_at) VALUES ('orfs_01K1', 'order', 'order_1', 'order.cancelled', 'CONFLICT', 'All fulfillments must be canceled before canceling an order', '{"effects": []}', 3, '2026-11-21 10:00:00+00', NULL, NULL, '2026-11-27 13:12:39.548108+00', '2026-11-27 13:12:39.548108+00', NULL);
INSERT INTO public.odoo_refusal (id, record_kind, record_id, said, code, message, details, times, refused_at, settled_at, dismissal, created_at, updated_at, deleted_at) VALUES ('orfs_01K2', 'customer', 'cus_1', 'link', 'CONFLICT', 'It is linked to another one.', NULL, 1, '2026-11-21 10:00:00+00', '2026-11-22 10:00:00+00', 'known', '2026-11-27 13:12:39.548108+00', '2026-11-27 13:12:39.548108+00', NULL);
INSERT INTO public.odoo_stock_record (id, sku, inventory_item_id, created_at, updated_at, deleted_at) VALUES ('ostk_01K1', 'SKU-NEW', 'iitem_9', '2026-11-27 13:12:39.555737+00', '2026-11-27 13:12:39.555737+00', NULL);
INSERT INTO public.odoo_stock_statement (id, inventory_item_id, location_id, counted_at, stated_at, created_at, updated_at, deleted_at, on_hand_at) VALUES ('osts_01K1', 'iitem_1', 'sloc_1', '2026-11-21 10:00:00+00', '2026-11-21 11:00:00+00', '2026-11-27 13:12:39.564031+00', '2026-11-27 13:12:39.564031+00', NULL, NULL);
INSERT INTO public.odoo_sweep (id, installed_at, baseline_position, baseline_done_at, swept_until, swept_at, reconciled_at, next_at, created_at, updated_at, deleted_at) VALUES ('order', '2026-11-19 00:00:00+00', NULL, '2026-11-19 00:01:00+00', '2026-11-21 10:00:00+00', '2026-11-21 10:00:00+00', '2026-11-21 00:00:00+00', '2026-11-21 10:01:00+00', '2026-11-27 13:10:38.937442+00', '2026-11-27 13:10:38.937442+00', NULL);
INSERT INTO public.odoo_sweep (id, installed_at, baseline_position, baseline_done_at, swept_until, swept_at, reconciled_at, next_at, created_at, updated_at, deleted_at) VALUES ('customer', '2026-11-19 00:00:00+00', NULL, '2026-11-19 00:01:00+00', '2026-11-21 10:00:00+00', '2026-11-21 10:00:00+00', '2026-11-21 00:00:00+00', '2026-11-21 10:01:00+00', '2026-11-27 13:10:38.937442+00', '2026-11-27 13:10:38.937442+00', NULL);
SELECT pg_catalog.setval('public.odoo_event_sequence_seq', 9, true);
ALTER TABLE ONLY public.odoo_api_key
    ADD CONSTRAINT odoo_api_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.odoo_attempt
    ADD CONSTRAINT odoo_attempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.odoo_delivery
    ADD CONSTRAINT odoo_delivery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.odoo_event
    ADD CONSTRAINT odoo_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.odoo_link
    ADD CONSTRAINT odoo_link_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.odoo_movement
    ADD CONSTRAINT odoo_movement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.odoo_receipt
    ADD CONSTRAINT odoo_receipt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.odoo_record_state
    ADD CONSTRAINT odoo_record_state_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.odoo_refusal
    ADD CONSTRAINT odoo_refusal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.odoo_stock_record
    ADD CONSTRAINT odoo_stock_record_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.odoo_stock_statement
    ADD CONSTRAINT odoo_stock_statement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.odoo_sweep
    ADD CONSTRAINT odoo_sweep_pkey PRIMARY KEY (id);
CREATE INDEX "IDX_odoo_api_key_deleted_at" ON public.odoo_api_key USING btree (deleted_at) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX "IDX_odoo_api_key_digest_unique" ON public.odoo_api_key USING btree (digest) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_attempt_deleted_at" ON public.odoo_attempt USING btree (deleted_at) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_attempt_event_id_number" ON public.odoo_attempt USING btree (event_id, number) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_delivery_deleted_at" ON public.odoo_delivery USING btree (deleted_at) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_event_created_at_id_record_kind_name" ON public.odoo_event USING btree (created_at, id, record_kind, name) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_event_deleted_at" ON public.odoo_event USING btree (deleted_at) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_event_delivered_at" ON public.odoo_event USING btree (delivered_at) WHERE ((status = 'delivered'::text) AND (deleted_at IS NULL));
CREATE INDEX "IDX_odoo_event_dismissed_at" ON public.odoo_event USING btree (dismissed_at) WHERE ((status = 'dismissed'::text) AND (deleted_at IS NULL));
CREATE INDEX "IDX_odoo_event_error_class" ON public.odoo_event USING btree (error_class) WHERE ((error_class IS NOT NULL) AND (deleted_at IS NULL));
CREATE INDEX "IDX_odoo_event_next_attempt_at_sequence" ON public.odoo_event USING btree (next_attempt_at, sequence) WHERE ((status = ANY (ARRAY['pending'::text, 'waiting'::text])) AND (deleted_at IS NULL));
CREATE INDEX "IDX_odoo_event_record_id" ON public.odoo_event USING btree (record_id) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_event_record_kind_record_id_sequence" ON public.odoo_event USING btree (record_kind, record_id, sequence) WHERE ((status = ANY (ARRAY['pending'::text, 'waiting'::text, 'failed'::text])) AND (deleted_at IS NULL));
CREATE INDEX "IDX_odoo_link_deleted_at" ON public.odoo_link USING btree (deleted_at) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_link_record_kind_odoo_id" ON public.odoo_link USING btree (record_kind, odoo_id) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_link_record_kind_odoo_name" ON public.odoo_link USING btree (record_kind, odoo_name) WHERE ((odoo_name IS NOT NULL) AND (deleted_at IS NULL));
CREATE UNIQUE INDEX "IDX_odoo_link_record_kind_record_id_unique" ON public.odoo_link USING btree (record_kind, record_id) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_link_updated_at" ON public.odoo_link USING btree (updated_at) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_movement_deleted_at" ON public.odoo_movement USING btree (deleted_at) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_movement_order_id_line_item_id" ON public.odoo_movement USING btree (order_id, line_item_id) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_movement_unsettled_since" ON public.odoo_movement USING btree (unsettled_since) WHERE ((unsettled_since IS NOT NULL) AND (deleted_at IS NULL));
CREATE INDEX "IDX_odoo_receipt_deleted_at" ON public.odoo_receipt USING btree (deleted_at) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_receipt_expires_at" ON public.odoo_receipt USING btree (expires_at) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX "IDX_odoo_receipt_scope_key_unique" ON public.odoo_receipt USING btree (scope, key) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_record_state_address_ids" ON public.odoo_record_state USING gin (address_ids) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_record_state_deleted_at" ON public.odoo_record_state USING btree (deleted_at) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX "IDX_odoo_record_state_record_kind_record_id_unique" ON public.odoo_record_state USING btree (record_kind, record_id) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_refusal_deleted_at" ON public.odoo_refusal USING btree (deleted_at) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX "IDX_odoo_refusal_record_kind_record_id_said_unique" ON public.odoo_refusal USING btree (record_kind, record_id, said) WHERE ((settled_at IS NULL) AND (deleted_at IS NULL));
CREATE INDEX "IDX_odoo_stock_record_deleted_at" ON public.odoo_stock_record USING btree (deleted_at) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_stock_record_inventory_item_id" ON public.odoo_stock_record USING btree (inventory_item_id) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_stock_record_lower_sku" ON public.odoo_stock_record USING btree (lower(sku));
CREATE UNIQUE INDEX "IDX_odoo_stock_record_sku_unique" ON public.odoo_stock_record USING btree (sku) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_stock_statement_deleted_at" ON public.odoo_stock_statement USING btree (deleted_at) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX "IDX_odoo_stock_statement_inventory_item_id_location_id_unique" ON public.odoo_stock_statement USING btree (inventory_item_id, location_id) WHERE (deleted_at IS NULL);
CREATE INDEX "IDX_odoo_sweep_deleted_at" ON public.odoo_sweep USING btree (deleted_at) WHERE (deleted_at IS NULL);
