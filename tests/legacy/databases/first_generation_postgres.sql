-- An old database from before accounts, PostgreSQL: uuid ids even for chats, JSON schedules, a date and a time apart.
CREATE TABLE knex_migrations (id serial primary key, name varchar(255), batch integer, migration_time timestamptz);
CREATE TABLE services (id uuid primary key default gen_random_uuid(), name varchar(255) not null, price numeric(10,2), currency varchar(3), duration integer);
CREATE TABLE appointments (id uuid primary key default gen_random_uuid(), client_name text, client_phone text, appointment_date date, appointment_time time,
  end_time timestamp, duration integer, status text default 'pending', notes text, service_id uuid, created_at timestamptz default '2024-05-01 08:00+00');
CREATE TABLE availability_configs (id uuid primary key default gen_random_uuid(), weekly_schedule json not null, is_active boolean default true,
  created_at timestamptz default now(), updated_at timestamptz default now());
CREATE TABLE blackout_dates (id uuid primary key default gen_random_uuid(), start_date date, end_date date, reason text, is_recurring boolean default false);
CREATE TABLE test_chat_sessions (id uuid primary key default gen_random_uuid(), created_at timestamptz default now(), last_activity timestamptz default now());
CREATE TABLE chat_messages (id uuid primary key default gen_random_uuid(), session_id uuid, role text, content text, timestamp timestamptz default now(), metadata jsonb);

INSERT INTO knex_migrations(name, batch, migration_time) VALUES ('20240724_create_appointments.js', 1, '2024-07-24 10:00:00.123+00');
INSERT INTO services(id, name, price, currency, duration) VALUES ('e0000000-0000-4000-8000-000000000001', 'Yoga', 1200, 'JPY', 50),
 ('e0000000-0000-4000-8000-000000000002', 'Pilates', 12.345, 'EUR', 0);
INSERT INTO appointments(id, client_name, client_phone, appointment_date, appointment_time, end_time, duration, status, service_id) VALUES
 ('f0000000-0000-4000-8000-000000000001', 'Aiko', '090-1234-5678', '2024-08-05', '09:00', NULL, NULL, 'booked', 'e0000000-0000-4000-8000-000000000001'),
 ('f0000000-0000-4000-8000-000000000002', 'Ben', NULL, '2024-08-05', '09:40', '2024-08-05 10:40', NULL, 'no-show', NULL),
 ('f0000000-0000-4000-8000-000000000003', 'Chie', '+81 90 1234 5678', '2024-08-06', NULL, NULL, 60, 'confirmed', NULL),
 ('f0000000-0000-4000-8000-000000000004', 'Dai', NULL, 'infinity', '09:00', NULL, 60, 'confirmed', NULL),
 ('f0000000-0000-4000-8000-000000000005', 'Emi', NULL, '2024-08-07', '09:00', NULL, NULL, 'confirmed', 'e0000000-0000-4000-8000-000000000002');
INSERT INTO availability_configs(id, weekly_schedule) VALUES ('b0000000-0000-4000-8000-000000000001', '{"Mon": "09:00-18:00", "tue": [{"from": "9 am", "to": "5 pm"}], "wed": "closed"}'),
 ('b0000000-0000-4000-8000-000000000002', '{"thursday": {"isAvailable": true, "startTime": "10:00", "endTime": "18:00", "breaks": [{"start": "12:00", "end": "13:00"}]}}');
INSERT INTO blackout_dates(id, start_date, end_date, reason) VALUES ('c0000000-0000-4000-8000-000000000001', '2024-08-12', '2024-08-16', 'Obon'), ('c0000000-0000-4000-8000-000000000002', '2024-08-16', '2024-08-12', 'backwards');
INSERT INTO test_chat_sessions(id, created_at) VALUES ('a0000000-0000-4000-8000-000000000001', '2024-05-01 07:55+00');
INSERT INTO chat_messages(id, session_id, role, content, timestamp, metadata) VALUES
 ('d0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'assistant', 'You are booked.', '2024-05-01 08:01+00', '{"toolCalls": [{"name": "bookAppointment", "result": {"appointment_id": "F0000000000040008000000000000001"}}]}'),
 ('d0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001', 'assistant', 'You are booked.', '2024-05-01 08:02+00', '{"toolCalls": [{"name": "bookAppointment", "result": {"appointment_id": "f0000000-0000-4000-8000-000000000004"}}]}'),
 ('d0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000001', 'user', 'thanks', '2024-05-01 08:03+00', '[1, 2]');
