/**
 * What the engines' splitters share: Flyway's parsers as they are used here, one reading of a script at a time.
 *
 * <p>Nothing of Flyway but its parsers is used, and nothing outside of the splitters knows of it.
 */
package dev.rowhouse.sql.flyway;
