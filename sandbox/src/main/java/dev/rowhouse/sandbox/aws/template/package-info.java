/**
 * CloudFormation templates: reading YAML and JSON, checking as CloudFormation checks and in its words, evaluating. Pure: knows
 * neither HTTP nor stacks.
 */
package dev.rowhouse.sandbox.aws.template;
