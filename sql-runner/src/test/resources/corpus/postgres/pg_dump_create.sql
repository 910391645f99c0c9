--
-- PostgreSQL database dump
--

\restrict 0frEWD81e3HC7I3Lyv6tV0efUMvNLEb2QtshKXdytUcro73nHwBaJ8NoyUPp5En

-- Dumped from database version 18.1
-- Dumped by pg_dump version 18.1

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: corpus_src; Type: DATABASE; Schema: -; Owner: -
--

CREATE DATABASE corpus_src WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = libc LOCALE = 'C';


\unrestrict 0frEWD81e3HC7I3Lyv6tV0efUMvNLEb2QtshKXdytUcro73nHwBaJ8NoyUPp5En
\connect corpus_src
\restrict 0frEWD81e3HC7I3Lyv6tV0efUMvNLEb2QtshKXdytUcro73nHwBaJ8NoyUPp5En

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: empty_one; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.empty_one (
    a integer
);


--
-- Name: empty_one no_delete; Type: RULE; Schema: public; Owner: -
--

CREATE RULE no_delete AS
    ON DELETE TO public.empty_one DO INSTEAD ( INSERT INTO public.empty_one (a)
  VALUES (1);
 INSERT INTO public.empty_one (a)
  VALUES (2);
);


--
-- PostgreSQL database dump complete
--

\unrestrict 0frEWD81e3HC7I3Lyv6tV0efUMvNLEb2QtshKXdytUcro73nHwBaJ8NoyUPp5En

