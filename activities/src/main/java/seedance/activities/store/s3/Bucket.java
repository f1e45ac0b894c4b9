package seedance.activities.store.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * A bucket below one prefix, in terms of keys relative to it. What goes wrong is an {@link
 * IOException} with words for people; the library has tried again by then.
 */
final class Bucket {
  /** Of an object's metadata: which writing of it this is. */
  static final String WRITING = "seedance-writing";

  /**
   * For what is small: a submission's notes are written before and after its create, within one
   * attempt of 90 s.
   */
  private static final Consumer<AwsRequestOverrideConfiguration.Builder> SOON =
      c -> c.apiCallAttemptTimeout(Duration.ofSeconds(4)).apiCallTimeout(Duration.ofSeconds(9));

  /** For 200 MB, the largest input of the service, at some 50 KB/s. */
  /** For the bytes of a note, after the answer's head. */
  private static final Duration SMALL_WITHIN = Duration.ofSeconds(9);

  /** Of a thousand objects each. */
  private static final int MOST_PAGES = 5_000;

  private static final Duration LARGE_WITHIN = Duration.ofHours(1);

  private static final String BYTES = "application/octet-stream";

  private final S3Client s3;
  private final S3Presigner presigner;
  private final AwsCredentialsProvider credentials;
  private final BucketLocation location;
  private final FirstPut firstPut = new FirstPut(this);

  Bucket(
      S3Client s3,
      S3Presigner presigner,
      AwsCredentialsProvider credentials,
      BucketLocation location) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.s3 = Objects.requireNonNull(s3, "s3");
    this.presigner = Objects.requireNonNull(presigner, "presigner");
    this.location = Objects.requireNonNull(location, "location");
  }

  /**
   * An object that is there.
   *
   * @param writtenAt by the store's clock
   * @param metadata of our own
   */
  record Found(String key, long bytes, Instant writtenAt, Map<String, String> metadata) {}

  BucketLocation location() {
    return location;
  }

  /** Where a key is, for people and manifests. */
  URI uri(String key) {
    try {
      return new URI("s3", location.bucket(), "/" + location.prefix() + key, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a key is always a path", e);
    }
  }

  /** The key that {@link #uri} was made of; empty for what is not below the prefix. */
  Optional<String> key(URI uri) {
    String root = "/" + location.prefix();
    return "s3".equals(uri.getScheme())
            && location.bucket().equals(uri.getAuthority())
            && uri.getPath() != null
            && uri.getPath().startsWith(root)
            && uri.getPath().length() > root.length()
        ? Optional.of(uri.getPath().substring(root.length()))
        : Optional.empty();
  }

  /** A reply to HEAD has no words, so a 404 may be a proxy's: who asks again is told by a code. */
  Optional<Found> find(String key) throws IOException {
    Optional<HeadObjectResponse> head = Calls.told("s3:GetObject", () -> head(key));
    Optional<Found> found = head.isEmpty() ? Optional.empty() : Optional.of(found(key, head.get()));
    if (found.isEmpty() && read(key, 1).isPresent()) {
      throw new IOException("the bucket says that an object is there, and that it is not");
    }
    return found;
  }

  private static Found found(String key, HeadObjectResponse head) throws IOException {
    requireBucket(head.eTag());
    if (head.contentLength() == null || head.lastModified() == null) {
      throw new IOException("the bucket does not say how long an object is, and since when");
    }
    Map<String, String> metadata = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    metadata.putAll(head.metadata());
    return new Found(key, head.contentLength(), head.lastModified(), metadata);
  }

  /** A page that stands in the bucket's place, for a login say, is no object, and takes none. */
  private static void requireBucket(@Nullable String eTag) throws IOException {
    if (eTag == null || eTag.isEmpty()) {
      throw new IOException("what answers in the bucket's place is none: it names no ETag");
    }
  }

  private Optional<HeadObjectResponse> head(String key) {
    try {
      return Optional.of(
          s3.headObject(
              r -> r.bucket(location.bucket()).key(full(key)).overrideConfiguration(SOON)));
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The first bytes of an object, at most so many, which come soon or not at all. */
  Optional<byte[]> read(String key, int most) throws IOException {
    Optional<ResponseInputStream<GetObjectResponse>> content = get(key);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    long until = System.nanoTime() + SMALL_WITHIN.toNanos();
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] some = new byte[8192];
    try (WholeObject from = new WholeObject(content.get())) {
      int came = 0;
      while (came >= 0 && read.size() < most) {
        came = from.read(some, 0, Math.min(some.length, most - read.size()));
        read.write(some, 0, Math.max(0, came));
        if (System.nanoTime() > until) {
          // Closed in order, it would be read to its end.
          content.get().abort();
          throw new IOException("the bucket's reply comes too slowly");
        }
      }
    }
    return Optional.of(read.toByteArray());
  }

  Optional<InputStream> open(String key) throws IOException {
    return get(key).map(WholeObject::new);
  }

  private Optional<ResponseInputStream<GetObjectResponse>> get(String key) throws IOException {
    Optional<ResponseInputStream<GetObjectResponse>> content =
        Calls.asked(
            "s3:GetObject", () -> s3.getObject(getting(key).overrideConfiguration(SOON).build()));
    if (content.isPresent()) {
      try {
        requireBucket(content.get().response().eTag());
      } catch (IOException noBucket) {
        content.get().abort();
        throw noBucket;
      }
    }
    return content;
  }

  void put(String key, RequestBody content, Map<String, String> metadata, String mediaType)
      throws IOException {
    isPut(() -> s3.putObject(put(key, mediaType).metadata(metadata).build(), content));
  }

  void put(String key, byte[] content) throws IOException {
    put(key, content, Map.of());
  }

  /** Puts a small object. */
  void put(String key, byte[] content, Map<String, String> metadata) throws IOException {
    isPut(
        () ->
            s3.putObject(
                put(key, BYTES).metadata(metadata).overrideConfiguration(SOON).build(),
                RequestBody.fromBytes(content)));
  }

  /**
   * Puts a file of this machine, which may take as long as its way there needs.
   *
   * @param md5 of the file, in base64: the store refuses another, as it may change meanwhile
   */
  void putLarge(String key, Path file, String md5, Map<String, String> metadata, String mediaType)
      throws IOException {
    isPut(
        () ->
            s3.putObject(
                put(key, mediaType)
                    .metadata(metadata)
                    .contentMD5(md5)
                    .overrideConfiguration(
                        c -> c.apiCallAttemptTimeout(LARGE_WITHIN).apiCallTimeout(LARGE_WITHIN))
                    .build(),
                RequestBody.fromFile(file)));
  }

  private static void isPut(Calls.Call<PutObjectResponse> call) throws IOException {
    requireBucket(Calls.told("s3:PutObject", call).eTag());
  }

  /** As {@link FirstPut#put}. */
  boolean putFirst(String key, byte[] content) throws IOException {
    return firstPut.put(key, content);
  }

  /** As {@link FirstPut#refusesSecond}. */
  boolean refusesSecond() throws IOException {
    return firstPut.refusesSecond();
  }

  /**
   * Puts a small object, if none is there and the store knows that condition.
   *
   * @return what the answer says; of what is no bucket, without an ETag
   * @throws S3Exception as the store answers
   */
  PutObjectResponse putIfNone(String key, byte[] content, Map<String, String> metadata) {
    return s3.putObject(
        put(key, BYTES).metadata(metadata).ifNoneMatch("*").overrideConfiguration(SOON).build(),
        RequestBody.fromBytes(content));
  }

  /** Whether what has a key is that writing of it. */
  boolean isThere(String key, String writing) throws IOException {
    return find(key).filter(found -> writing.equals(found.metadata().get(WRITING))).isPresent();
  }

  void delete(String key) throws IOException {
    Calls.done(
        "s3:DeleteObject",
        () ->
            s3.deleteObject(
                r -> r.bucket(location.bucket()).key(full(key)).overrideConfiguration(SOON)));
  }

  /** What lies directly in a folder, which ends with a slash. */
  List<Found> in(String folder) throws IOException {
    return list(folder, "/");
  }

  /** What lies in a folder, however deep. */
  List<Found> below(String folder) throws IOException {
    return list(folder, null);
  }

  private List<Found> list(String folder, @Nullable String delimiter) throws IOException {
    List<Found> found = new ArrayList<>();
    Set<String> pages = new HashSet<>();
    String next = null;
    do {
      String from = next;
      ListObjectsV2Response page =
          Calls.told(
              "s3:ListBucket",
              () ->
                  s3.listObjectsV2(
                      r ->
                          r.bucket(location.bucket())
                              .prefix(full(folder))
                              .delimiter(delimiter)
                              .continuationToken(from)
                              .overrideConfiguration(SOON)));
      page.contents().stream()
          .filter(object -> object.key().startsWith(full(folder)))
          .map(this::found)
          .forEach(found::add);
      next = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
      if (next != null && (!pages.add(next) || pages.size() > MOST_PAGES)) {
        throw new IOException("the bucket's list does not end");
      }
    } while (next != null);
    return found;
  }

  private Found found(S3Object object) {
    return new Found(
        object.key().substring(location.prefix().length()),
        object.size(),
        object.lastModified(),
        Map.of());
  }

  /** Large objects of this bucket. */
  Uploads uploads() {
    return new Uploads(s3, location, this);
  }

  /** A link to an object, which is a secret. */
  URI link(String key, Duration lifetime) throws IOException {
    try {
      return URI.create(
          presigner
              .presignGetObject(
                  r -> r.signatureDuration(lifetime).getObjectRequest(getting(key).build()))
              .url()
              .toString());
    } catch (SdkException e) {
      throw Troubles.inWords(e, "s3:GetObject");
    }
  }

  /** Whether links die with credentials that are good for hours. */
  boolean linksDieEarly() throws IOException {
    try {
      return credentials.resolveCredentials() instanceof AwsSessionCredentials;
    } catch (SdkException e) {
      throw Troubles.inWords(e, "s3:GetObject");
    }
  }

  private GetObjectRequest.Builder getting(String key) {
    return GetObjectRequest.builder().bucket(location.bucket()).key(full(key));
  }

  private PutObjectRequest.Builder put(String key, String mediaType) {
    return PutObjectRequest.builder()
        .bucket(location.bucket())
        .key(full(key))
        .contentType(mediaType);
  }

  private String full(String key) {
    return location.prefix() + key;
  }
}
