/**
 * A stand-in for AWS on one local HTTP port: STS and CloudFormation over their real wire protocol, so that the
 * unmodified SDK and the {@code aws} command line work against it, and buckets of S3 for templates. It knows nothing of Rowhouse's services.
 */
package dev.rowhouse.sandbox.aws;
