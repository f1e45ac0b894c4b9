package seedance.activities.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.store.s3.BucketLocation.Listing;
import seedance.activities.store.s3.BucketLocation.Style;

class BucketLocationTest {

  @ParameterizedTest
  @CsvSource({
    "s3://clips, ''",
    "s3://clips/, ''",
    "s3://clips/team/a, team/a/",
    "s3://clips/team/a/, team/a/",
    "s3://clips/%E7%89%87, 片/",
    "S3://clips/a?region=eu-west-1, a/"
  })
  void bucketAndPrefix_areInThePath(String text, String prefix) {
    BucketLocation location = BucketLocation.read(text);

    assertThat(location.bucket()).isEqualTo("clips");
    assertThat(location.prefix()).isEqualTo(prefix);
    assertThat(location).hasToString("s3://clips/" + prefix);
  }

  @Test
  void aws_isAddressedByHost_andListsWhatIsThere() {
    BucketLocation location = BucketLocation.read("s3://clips?region=eu-west-1");

    assertThat(location.endpoint()).isEmpty();
    assertThat(location.region()).contains("eu-west-1");
    assertThat(location.style()).isEqualTo(Style.VIRTUAL);
    assertThat(location.listing()).isEqualTo(Listing.CONSISTENT);
  }

  @ParameterizedTest
  @CsvSource({
    "https://tos-s3-cn-beijing.volces.com, VIRTUAL, CONSISTENT",
    "https://oss-cn-hangzhou.aliyuncs.com, VIRTUAL, CONSISTENT",
    "https://cos.ap-guangzhou.myqcloud.com, VIRTUAL, CONSISTENT",
    "https://abc.r2.cloudflarestorage.com/, VIRTUAL, CONSISTENT",
    "https://minio.internal:9000, PATH, LAGGING",
    "https://amazonaws.com.example, PATH, LAGGING"
  })
  void whatAnEndpointsOwnerSays_isTheUsual(String endpoint, Style style, Listing listing) {
    BucketLocation location = BucketLocation.read("s3://clips/a?endpoint=" + endpoint);

    assertThat(location.endpoint()).contains(URI.create(endpoint));
    assertThat(location.style()).isEqualTo(style);
    assertThat(location.listing()).isEqualTo(listing);
  }

  @Test
  void whatIsSaid_comesBeforeTheUsual() {
    BucketLocation location =
        BucketLocation.read(
            "s3://clips?endpoint=https%3A%2F%2Fminio.internal&style=virtual&listing=consistent");

    assertThat(location.style()).isEqualTo(Style.VIRTUAL);
    assertThat(location.listing()).isEqualTo(Listing.CONSISTENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:clips",
        "s3://",
        "s3://C",
        "s3://key:secret-part@clips/a",
        "s3://clips/a#secret-part",
        "s3://clips?endpoint=minio",
        "s3://clips?endpoint=https://u:secret-part@minio",
        "s3://clips?endpoint=https://minio/path",
        "s3://clips?endpoint=https%3A%2F%2Fkey%3Asecret-part%5Ex%40host",
        "s3://clips?endpoint=ftp://minio",
        "s3://clips?endpoint=",
        "s3://clips?region",
        "s3://clips?region=a&region=b",
        "s3://clips?style=other",
        "s3://clips?secret=secret-part",
        "s3://clips/a b",
      })
  void whatMakesNoSense_isNamed_andNotQuoted(String text) {
    assertThatThrownBy(() -> BucketLocation.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("secret-part")
        .matches("(is|has|names) .+");
  }

  @ParameterizedTest
  @CsvSource({
    "http://minio.internal:9000, true",
    "http://10.0.0.7, true",
    "https://minio.internal, false",
    "http://127.0.0.1:9000, false",
    "http://localhost:9000, false"
  })
  void plainHttp_toAnotherMachine_isTold(String endpoint, boolean isUnencrypted) {
    assertThat(BucketLocation.read("s3://clips?endpoint=" + endpoint).isUnencrypted())
        .isEqualTo(isUnencrypted);
  }
}
