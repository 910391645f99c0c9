package dev.rowhouse.sandbox.aws.s3;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Every bucket, whoever made it and in whichever region, with its objects. Thread-safe. */
public final class Buckets {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final int MAX_KEY = 1024;

    private final Map<String, Map<String, byte[]>> objects = new ConcurrentHashMap<>();

    /** Makes a bucket; one that is there already is left as it is. */
    public void make(String bucket) {
        if (!NAME.matcher(bucket).matches()) {
            throw new S3Exception(400, "InvalidBucketName", "The specified bucket is not valid.");
        }
        objects.computeIfAbsent(bucket, name -> new ConcurrentHashMap<>());
    }

    /** @throws S3Exception if there is no such bucket */
    public void put(String bucket, String key, byte[] content) {
        if (key.length() > MAX_KEY) {
            throw new S3Exception(400, "KeyTooLongError", "Your key is too long");
        }
        in(bucket).put(key, content.clone());
    }

    /** @throws S3Exception if there is no such bucket, or no such object in it */
    public byte[] get(String bucket, String key) {
        byte[] content = in(bucket).get(key);
        if (content == null) {
            throw new S3Exception(404, "NoSuchKey", "The specified key does not exist.");
        }
        return content.clone();
    }

    private Map<String, byte[]> in(String bucket) {
        Map<String, byte[]> content = objects.get(bucket);
        if (content == null) {
            throw new S3Exception(404, "NoSuchBucket", "The specified bucket does not exist");
        }
        return content;
    }
}
