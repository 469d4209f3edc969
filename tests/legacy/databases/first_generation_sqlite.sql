-- An old database from before accounts, SQLite: hex ids, text for the kind of appointment, one business nobody named.
CREATE TABLE knex_migrations (id integer primary key autoincrement, name varchar(255), batch integer, migration_time datetime);
CREATE TABLE bot_configs (id char(36) primary key, system_prompt text not null, tone text not null default 'professional',
  business_hours varchar(255) not null default '9:00-17:00', timezone varchar(255) not null default 'UTC',
  max_appointment_duration integer not null default 120, buffer_time integer not null default 15, is_active boolean not null default true,
  created_at datetime not null default CURRENT_TIMESTAMP, updated_at datetime not null default CURRENT_TIMESTAMP);
CREATE TABLE services (id char(36) primary key, bot_config_id char(36), name varchar(255) not null, description text, price text not null,
  currency varchar(255) not null default 'EUR', duration_minutes integer, is_active boolean not null default true, sort_order integer default 0,
  created_at datetime not null default CURRENT_TIMESTAMP, updated_at datetime not null default CURRENT_TIMESTAMP);
CREATE TABLE appointments (id char(36) primary key, customer_name varchar(255) not null, customer_phone varchar(255) not null, customer_email varchar(255),
  datetime datetime not null, duration integer not null, status text not null default 'pending', notes text, appointment_type varchar(255),
  created_at datetime not null default CURRENT_TIMESTAMP, updated_at datetime not null default CURRENT_TIMESTAMP);
CREATE TABLE availability_configs (id char(36) primary key, weekly_schedule text not null, is_active boolean not null default true,
  created_at datetime not null default CURRENT_TIMESTAMP, updated_at datetime not null default CURRENT_TIMESTAMP);
CREATE TABLE blackout_dates (id char(36) primary key, date date not null, reason varchar(255), is_recurring boolean not null default false,
  created_at datetime not null default CURRENT_TIMESTAMP, updated_at datetime not null default CURRENT_TIMESTAMP);
CREATE TABLE test_chat_sessions (id integer primary key autoincrement, created_at datetime not null default CURRENT_TIMESTAMP,
  updated_at datetime not null default CURRENT_TIMESTAMP, last_activity datetime default CURRENT_TIMESTAMP);
CREATE TABLE chat_messages (id integer primary key autoincrement, session_id integer not null, role text not null, content text not null,
  timestamp datetime not null default CURRENT_TIMESTAMP, metadata text);

INSERT INTO knex_migrations(name, batch, migration_time) VALUES ('001_create_appointments.js', 1, 1711900000123);
INSERT INTO bot_configs(id, system_prompt, tone) VALUES ('D0000000000000000000000000000001', 'Be brief', 'casual'), ('D0000000000000000000000000000002', 'Be long', 'stern');
INSERT INTO services(id, bot_config_id, name, price, duration_minutes) VALUES
 ('E0000000000000000000000000000001', 'D0000000000000000000000000000001', 'Massage', '45,50 €', 60),
 ('E0000000000000000000000000000002', NULL, 'Beratung', 'ab 20', 30),
 ('E0000000000000000000000000000003', NULL, 'massage', '50', 90);
INSERT INTO appointments(id, customer_name, customer_phone, customer_email, datetime, duration, status, appointment_type, created_at) VALUES
 ('F0000000000000000000000000000001', 'Uli', '0676 1234567', NULL, '2024-06-03 09:00', 60, 'confirmed', 'Beratung', '2024-05-01 08:00:00'),
 ('F0000000000000000000000000000002', 'Vera', 'anonym', 'Vera@example.test', '2024-06-03T10:00:00.000Z', 60, 'completed', 'Handauflegen', 1714550400000),
 ('F0000000000000000000000000000003', '', '+436761112223', NULL, '03.06.2024 16:30', 30, 'canceled', NULL, '2024-05-01 08:00:00'),
 ('F0000000000000000000000000000004', 'Willi', '', NULL, '03/06/2024 16:30', 30, 'confirmed', NULL, '2024-05-01 08:00:00'),
 ('F0000000000000000000000000000005', 'Xenia', '', NULL, '2024-06-03 09:30', 60, 'pending', NULL, '2024-04-01 08:00:00'),
 ('F0000000000000000000000000000006', 'Yara', '', NULL, '2024-06-04 09:30', 60, 'rescheduled', NULL, '2024-05-01 08:00:00');
INSERT INTO availability_configs(id, weekly_schedule) VALUES ('B1000000000000000000000000000001',
 '{"monday":{"dayOfWeek":1,"isAvailable":true,"timeSlots":[{"start":"09:00","end":"12:00"},{"start":"13:00","end":"17:00"}]},"sunday":{"dayOfWeek":0,"isAvailable":false,"timeSlots":[]}}');
INSERT INTO blackout_dates(id, date, reason, is_recurring) VALUES ('C1000000000000000000000000000001', '2024-12-24', 'Heiligabend', 'true'), ('C1000000000000000000000000000002', 'sometime', NULL, 0);
INSERT INTO test_chat_sessions(id) VALUES (1), (5);
INSERT INTO chat_messages(session_id, role, content, timestamp, metadata) VALUES
 (1, 'user', 'Ist morgen etwas frei?', '2024-05-01 07:58:00', NULL),
 (1, 'assistant', 'Ihr Termin wurde erfolgreich gebucht.', '2024-05-01 08:00:05', NULL),
 (5, 'assistant', 'Ihr Termin wurde erfolgreich gebucht.', '2024-09-01 08:00:05', NULL),
 (5, 'assistant', 'Soll ich den Termin eintragen? Er ist noch nicht gebucht.', '2024-09-01 08:00:06', NULL),
 (5, 'robot', 'beep', '2024-09-01 08:00:07', NULL);
