package seedance.worker.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BooksTest {

  private final SettableClock clock = new SettableClock();
  private final SimulatedSeedance simulator =
      SimulatedSeedance.start(SimulatorSettings.builder().clock(clock).build());
  private final Caller caller = new Caller(simulator, "sk-very-secret");

  @AfterEach
  void close() {
    caller.close();
    simulator.close();
  }

  @Test
  void books_countEachKeyApart() throws IOException {
    String id = caller.create(Caller.body(""));
    caller.create(Caller.body("[simulate:failed]", ""));
    caller.post(Caller.ARK, "{}");
    clock.advance(Duration.ofMinutes(10));
    String url = caller.look(id).at("/content/video_url").asText();
    caller.look(id);
    caller.download(url);
    caller.download(url, "Range", "bytes=0-9");
    caller.get(Caller.ARK);
    caller.delete(Caller.ARK + "/" + id);
    try (Caller other = new Caller(simulator, "other")) {
      other.create(Caller.body(""));
    }

    Books books = simulator.books();
    assertThat(books.accounts()).hasSize(2);
    assertThat(books.tasksCreated()).isEqualTo(3);
    Books.Account account =
        books.accounts().stream().filter(a -> a.createsReceived() == 3).findFirst().orElseThrow();
    assertThat(account.tasksCreated()).isEqualTo(2);
    assertThat(account.tasksBilled()).isEqualTo(1);
    assertThat(account.tokensBilled()).isEqualTo(108900);
    assertThat(account.looks()).isEqualTo(2);
    assertThat(account.lists()).isEqualTo(1);
    assertThat(account.deletes()).isEqualTo(1);
    assertThat(account.downloadsStarted()).isEqualTo(2);
    assertThat(account.downloadsCompleted()).isEqualTo(1);
    assertThat(books.task(id))
        .contains(
            new Books.Entry(
                id, "doubao-seedance-2-0-260128", SimulatedStatus.SUCCEEDED, 108900, 2, 1, 2, 1));
  }

  @Test
  void books_areReadOverHttp_withoutAKey_andWithoutShowingOne() throws IOException {
    String id = caller.create(Caller.body("\"safety_identifier\":\"person\""));
    try (Caller anyone = new Caller(simulator, "")) {
      Caller.Answer answer = anyone.get("/simulator/books");
      JsonNode account = answer.json().at("/accounts/0");
      assertThat(account.get("key").asText()).matches("[0-9a-f]{12}");
      assertThat(account.get("createsReceived").asInt()).isEqualTo(1);
      assertThat(account.at("/tasks/0/id").asText()).isEqualTo(id);
      assertThat(account.at("/tasks/0/status").asText()).isEqualTo("queued");
      assertThat(answer.text()).doesNotContain("sk-very-secret").doesNotContain("a cat");
      assertThat(anyone.get("/simulator/other").status()).isEqualTo(404);
    }
  }

  @Test
  void snapshot_doesNotChangeAfterwards() throws IOException {
    Books before = simulator.books();
    caller.create(Caller.body(""));
    assertThat(before.tasksCreated()).isZero();
    assertThat(simulator.books().tasksCreated()).isEqualTo(1);
  }
}
