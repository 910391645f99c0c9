/** S3 as far as templates need it: buckets in memory, by path, over HTTP. Knows neither CloudFormation nor signatures. */
package dev.rowhouse.sandbox.aws.s3;
