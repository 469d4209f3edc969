-- @postgresql faulty
CREATE FUNCTION wipe() RETURNS void LANGUAGE sql SECURITY DEFINER AS $$ SELECT 1 $$;
-- @postgresql sound
CREATE FUNCTION wipe() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$ SELECT 1 $$;
CREATE FUNCTION look() RETURNS void LANGUAGE sql AS $$ SELECT 1 $$;
