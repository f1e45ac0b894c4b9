package seedance.activities.store.s3;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The library's client for a bucket, so that stores that only resemble AWS understand it. */
final class BucketClient {
  /** Where none is named: AWS's first, which the others take too. */
  private static final Region USUAL = Region.US_EAST_1;

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  /** For 8 MiB, at some 150 KB/s. */
  private static final Duration ATTEMPT_WITHIN = Duration.ofSeconds(60);

  private static final Duration CALL_WITHIN = Duration.ofMinutes(3);

  private BucketClient() {}

  static Bucket open(BucketLocation location, AwsCredentialsProvider credentials) {
    Region region = location.region().map(Region::of).orElseGet(() -> usualRegion(location));
    S3Configuration configuration =
        S3Configuration.builder()
            .pathStyleAccessEnabled(location.style() == BucketLocation.Style.PATH)
            // A store that does not answer it holds up each part for seconds.
            .expectContinueEnabled(false)
            // OSS and its like refuse the chunks in which AWS's clients sign what they send.
            .chunkedEncodingEnabled(location.endpoint().isEmpty())
            .build();
    S3ClientBuilder client =
        S3Client.builder()
            .region(region)
            .credentialsProvider(credentials)
            .serviceConfiguration(configuration)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .defaultsMode(DefaultsMode.STANDARD)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_WITHIN)
                    .socketTimeout(ANSWER_WITHIN))
            .overrideConfiguration(
                c ->
                    c.retryStrategy(RetryMode.STANDARD)
                        .apiCallAttemptTimeout(ATTEMPT_WITHIN)
                        .apiCallTimeout(CALL_WITHIN));
    S3Presigner.Builder presigner =
        S3Presigner.builder()
            .region(region)
            .credentialsProvider(credentials)
            .serviceConfiguration(configuration);
    location.endpoint().ifPresent(client::endpointOverride);
    location.endpoint().ifPresent(presigner::endpointOverride);
    return new Bucket(client.build(), presigner.build(), credentials, location);
  }

  /** The environment's or the profile's region is AWS's, and no other store's. */
  private static Region usualRegion(BucketLocation location) {
    if (location.endpoint().isPresent()) {
      return USUAL;
    }
    try {
      return Optional.ofNullable(DefaultAwsRegionProviderChain.builder().build().getRegion())
          .orElse(USUAL);
    } catch (SdkClientException none) {
      return USUAL;
    }
  }
}
