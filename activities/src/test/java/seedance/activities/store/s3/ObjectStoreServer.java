package seedance.activities.store.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * A real object store in this process: it verifies signatures and refuses what is there already.
 */
public final class ObjectStoreServer implements AutoCloseable {
  public static final String ACCESS_KEY = "access-key-of-tests";
  public static final String SECRET_KEY = "secret-key-of-tests";
  public static final String BUCKET = "clips";

  private final S3Proxy proxy;

  private ObjectStoreServer(S3Proxy proxy) {
    this.proxy = proxy;
  }

  /** Starts one, with an empty bucket. */
  public static ObjectStoreServer start() {
    return start(new TransientNio2BlobStore());
  }

  /** Starts one over something else than memory. */
  public static ObjectStoreServer start(BlobStore blobs) {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException("the object store does not start", e);
    }
    ObjectStoreServer server = new ObjectStoreServer(proxy);
    makeBucket(server.endpoint());
    return server;
  }

  static void makeBucket(URI endpoint) {
    try (S3Client s3 = client(endpoint)) {
      s3.createBucket(b -> b.bucket(BUCKET));
    }
  }

  static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials(SECRET_KEY))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  static StaticCredentialsProvider credentials(String secretKey) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, secretKey));
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  /** The settings of a store below a prefix of its bucket. */
  public String location(String prefix) {
    return location(endpoint(), prefix);
  }

  static String location(URI endpoint, String prefix) {
    return "s3://" + BUCKET + "/" + prefix + "?endpoint=" + endpoint + "&listing=consistent";
  }

  /** What a process needs to get in. */
  public static Map<String, String> environment() {
    return Map.of("AWS_ACCESS_KEY_ID", ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", SECRET_KEY);
  }

  static Bucket bucket(String location) {
    return BucketClient.open(BucketLocation.read(location), credentials(SECRET_KEY));
  }

  public static BucketStore store(String location) {
    return new BucketStore(bucket(location), Optional.empty());
  }

  /** Puts an object in one go. */
  public void put(String key, InputStream content, long bytes) {
    try (S3Client s3 = client(endpoint())) {
      s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromInputStream(content, bytes));
    }
  }

  /** How many objects are directly below a key. */
  public long count(String folder) {
    try (S3Client s3 = client(endpoint())) {
      return s3.listObjectsV2(r -> r.bucket(BUCKET).prefix(folder)).keyCount();
    }
  }

  /**
   * Opens an object.
   *
   * @throws IOException where there is none
   */
  public InputStream open(String key) throws IOException {
    try (S3Client s3 = client(endpoint())) {
      return new ByteArrayInputStream(
          s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asByteArray());
    } catch (NoSuchKeyException none) {
      throw new IOException("there is no such object");
    }
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the object store does not stop", e);
    }
  }
}
