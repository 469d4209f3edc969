-- @sqlite faulty
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, starts_at datetime NOT NULL);
INSERT INTO visits VALUES (1, '2025-11-03 10:00'), (2, '2025-11-03T10:15:00'), (3, 1762163400000), (4, '02.12.2025 14:00');
-- @sqlite sound
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, starts_at datetime NOT NULL);
INSERT INTO visits VALUES (1, '2025-11-03 10:00:00'), (2, '2025-11-03 10:15:00');
