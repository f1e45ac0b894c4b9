package seedance.activities.store.s3;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import seedance.activities.store.PublicUrl;

/**
 * Where a store in a bucket is: {@code
 * s3://BUCKET[/PREFIX][?endpoint=URL&region=NAME&style=path|virtual&listing=consistent|lagging]}.
 * Credentials are never in it.
 *
 * @param bucket the bucket's name
 * @param prefix of all keys: empty, or ends with a slash
 * @param endpoint of the service; empty for that of AWS in the region
 * @param region as the service names it; empty for what the environment or the profile says
 * @param style how a bucket is addressed
 * @param listing what a list of keys shows
 */
record BucketLocation(
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    Optional<String> region,
    Style style,
    Listing listing) {

  /** How a bucket is addressed. */
  enum Style {
    /** As the first part of a URL's path; MinIO and Ceph usually know this one alone. */
    PATH,
    /** As the first part of the host's name; TOS and OSS know this one alone. */
    VIRTUAL
  }

  /** What a list of keys shows. */
  enum Listing {
    /** Whatever was written before it was asked for. */
    CONSISTENT,
    /** Perhaps not what was written last. */
    LAGGING
  }

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private static final Set<String> PARAMETERS = Set.of("endpoint", "region", "style", "listing");

  /** Whose owners say that a list shows what was written before it: docs/object-stores.md. */
  private static final Pattern CONSISTENT_HOST =
      Pattern.compile(
          "(?:.+\\.)?(?:amazonaws\\.com(?:\\.cn)?|volces\\.com|bytepluses\\.com|aliyuncs\\.com"
              + "|myqcloud\\.com|r2\\.cloudflarestorage\\.com)");

  BucketLocation {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(style, "style");
    Objects.requireNonNull(listing, "listing");
    if (!BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException("names no bucket: s3://BUCKET/PREFIX");
    }
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException("the prefix ends with a slash");
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with what is wrong, as the end of a sentence
   */
  static BucketLocation read(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is no URI");
    }
    if (!"s3".equalsIgnoreCase(uri.getScheme()) || uri.getRawAuthority() == null) {
      throw new IllegalArgumentException("names no bucket: s3://BUCKET/PREFIX");
    }
    if (uri.getRawAuthority().contains("@") || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "has more than a bucket, a prefix and parameters: credentials belong into the"
              + " environment or a profile");
    }
    Map<String, String> parameters = parameters(uri.getRawQuery());
    Optional<URI> endpoint =
        Optional.ofNullable(parameters.get("endpoint")).map(BucketLocation::endpoint);
    String path = Objects.requireNonNullElse(uri.getPath(), "").replaceAll("^/+|/+$", "");
    return new BucketLocation(
        uri.getRawAuthority(),
        path.isEmpty() ? "" : path + "/",
        endpoint,
        Optional.ofNullable(parameters.get("region")),
        oneOf(Style.class, "style", parameters, styleOf(endpoint)),
        oneOf(Listing.class, "listing", parameters, listingOf(endpoint)));
  }

  private static URI endpoint(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException quotesIt) {
      throw new IllegalArgumentException("has an endpoint that is no URL of the form https://HOST");
    }
    boolean isWeb = "https".equalsIgnoreCase(url.getScheme()) || "http".equals(url.getScheme());
    if (!isWeb
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || !url.getRawPath().matches("/?")) {
      throw new IllegalArgumentException("has an endpoint that is no URL of the form https://HOST");
    }
    return url;
  }

  /** Whether all that is stored passes in the open to a host that is not this machine. */
  boolean isUnencrypted() {
    return endpoint
        .filter(url -> "http".equals(url.getScheme()))
        .filter(url -> !PublicUrl.isLoopback(url.getHost()))
        .isPresent();
  }

  private static Style styleOf(Optional<URI> endpoint) {
    return endpoint.filter(url -> !isOfAKnownOwner(url)).isPresent() ? Style.PATH : Style.VIRTUAL;
  }

  private static Listing listingOf(Optional<URI> endpoint) {
    return endpoint.filter(url -> !isOfAKnownOwner(url)).isPresent()
        ? Listing.LAGGING
        : Listing.CONSISTENT;
  }

  private static boolean isOfAKnownOwner(URI endpoint) {
    return CONSISTENT_HOST.matcher(endpoint.getHost().toLowerCase(Locale.ROOT)).matches();
  }

  private static <E extends Enum<E>> E oneOf(
      Class<E> type, String name, Map<String, String> parameters, E usual) {
    String word = parameters.get(name);
    if (word == null) {
      return usual;
    }
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
        return value;
      }
    }
    throw new IllegalArgumentException("has a " + name + " that is none");
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query == null ? new String[0] : query.split("&")) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value =
          equals < 0
              ? ""
              : URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8);
      if (!PARAMETERS.contains(name)) {
        throw new IllegalArgumentException(
            "has a parameter that is none of endpoint, region, style and listing");
      }
      if (value.isEmpty() || parameters.put(name, value) != null) {
        throw new IllegalArgumentException("has no " + name + ", or several");
      }
    }
    return parameters;
  }

  /** Without parameters. */
  @Override
  public String toString() {
    return "s3://" + bucket + "/" + prefix;
  }
}
