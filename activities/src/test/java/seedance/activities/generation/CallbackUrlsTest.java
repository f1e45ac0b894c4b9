package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.MovableClock;
import seedance.activities.store.FolderStore;
import seedance.activities.store.OpenSubmission;
import seedance.activities.store.Receipts;
import seedance.workflows.generation.TaskTraits;
import seedance.workflows.json.Json;

/** A URL for callbacks is known again by the store's workers, and cannot be made by anyone else. */
class CallbackUrlsTest {
  private static final String ID = "0e9bd6c2-6d3e-4a3c-9a40-7f4a1de3d0f1";
  private static final String OTHER = "1e9bd6c2-6d3e-4a3c-9a40-7f4a1de3d0f2";
  private static final Json BODY = new Json(Map.of("model", "m"));

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock(Instant.now());

  @ParameterizedTest
  @ValueSource(strings = {"https://me.example", "https://me.example/", "https://me.example/a/b/"})
  void url_isKnownAgain_byEveryWorker_behindAProxyToo(String base) {
    URI url = url(worker(base), ID);

    assertThat(url.toString()).startsWith(base).doesNotContain("//callbacks");
    assertThat(worker(base).at(url.getRawPath()))
        .hasValueSatisfying(
            taken -> {
              assertThat(taken.submissionId()).isEqualTo(ID);
              assertThat(taken.isProven()).isTrue();
            });
    assertThat(worker(base).at(url.getRawPath().replaceAll(".*/callbacks", "/callbacks")))
        .isPresent();
  }

  @Test
  void url_adds91Characters_toTheBase() {
    assertThat(url(worker("https://me.example"), ID).toString())
        .hasSize("https://me.example".length() + 91);
  }

  @Test
  void anythingElse_isRefused_alike() {
    String path = url(worker("https://me.example"), ID).getRawPath();
    String proof = path.substring(path.lastIndexOf('/') + 1);
    String last = proof.endsWith("A") ? "B" : "A";

    for (String forged :
        new String[] {
          "/callbacks/" + ID,
          "/callbacks/" + ID + "/",
          "/callbacks/" + OTHER + "/" + proof,
          "/callbacks/" + ID + "/" + proof.substring(1),
          "/callbacks/" + ID + "/" + proof.substring(0, proof.length() - 1) + last,
          "/callbacks/" + ID + "/" + "A".repeat(proof.length()),
          path + "/",
          path + "A",
          path + "=",
          path.replace("callbacks", "callback"),
          "/callbacks/" + proof,
          "/callbacks/",
          "/",
          ""
        }) {
      assertThat(worker("https://me.example").at(forged)).as(forged).isEmpty();
    }
  }

  @Test
  void urlOfAnotherStore_isRefused(@TempDir Path another) {
    URI url = url(worker("https://me.example"), ID);

    assertThat(
            new CallbackUrls(Optional.empty(), new FolderStore(another).receipts(), clock)
                .at(url.getRawPath()))
        .isEmpty();
  }

  @Test
  void urlOfAnEarlierVersion_isTaken_forAsLongAsItCanMatter() throws Exception {
    receipts().open(new OpenSubmission(ID, "w", clock.instant(), TaskTraits.ANY, null));
    CallbackUrls worker = worker("https://me.example");

    assertThat(worker.at("/callbacks/" + ID))
        .hasValueSatisfying(taken -> assertThat(taken.isProven()).isFalse());
    // The secret's moment is the system clock's.
    clock.advance(Duration.ofDays(8).plusHours(1));
    assertThat(worker.at("/callbacks/" + ID)).isEmpty();
    assertThat(worker.at(url(worker, ID).getRawPath())).isPresent();
  }

  @Test
  void secretThatMakesNoSense_refusesEverything_untilItIsMended() throws Exception {
    String path = url(worker("https://me.example"), ID).getRawPath();
    Path file = folder.resolve(".receipts/callback-secret");
    byte[] secret = Files.readAllBytes(file);
    Files.writeString(file, "no secret");
    CallbackUrls worker = worker("https://me.example");

    assertThat(worker.on(BODY, ID)).isEqualTo(BODY);
    assertThat(worker.at(path)).isEmpty();
    Files.write(file, secret);
    assertThat(worker.at(path)).isEmpty();
    clock.advance(Duration.ofSeconds(30));
    assertThat(worker.at(path)).isPresent();
  }

  @Test
  void secret_isReadOnce() throws Exception {
    CallbackUrls worker = worker("https://me.example");
    String path = url(worker, ID).getRawPath();
    Files.delete(folder.resolve(".receipts/callback-secret"));

    assertThat(worker.at(path)).isPresent();
    assertThat(folder.resolve(".receipts/callback-secret")).doesNotExist();
  }

  @Test
  void withoutABase_noUrlIsGivenOut_andNoSecretMade() {
    assertThat(new CallbackUrls(Optional.empty(), receipts(), clock).on(BODY, ID)).isEqualTo(BODY);
    assertThat(folder.resolve(".receipts")).doesNotExist();
  }

  private Receipts receipts() {
    return new FolderStore(folder).receipts();
  }

  private CallbackUrls worker(String base) {
    return new CallbackUrls(Optional.of(URI.create(base)), receipts(), clock);
  }

  private static URI url(CallbackUrls worker, String submissionId) {
    Map<?, ?> body = (Map<?, ?>) worker.on(BODY, submissionId).tree();
    return URI.create((String) body.get("callback_url"));
  }
}
