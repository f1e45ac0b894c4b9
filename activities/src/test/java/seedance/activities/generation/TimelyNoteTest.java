package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TimelyNoteTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void noteThatHangs_isNotWaitedFor_andIsWrittenOnceTheStoreAnswers() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                TimelyNote.write(
                    () -> {
                      try {
                        answers.await();
                      } catch (InterruptedException e) {
                        throw new IOException(e);
                      }
                      written.countDown();
                    },
                    Duration.ofMillis(20)))
        .isInstanceOf(IOException.class)
        .hasMessage("it does not answer in time");

    answers.countDown();
    written.await();
  }

  @Test
  void noteThatIsWritten_isWaitedFor() throws Exception {
    AtomicBoolean written = new AtomicBoolean();

    TimelyNote.write(() -> written.set(true), LONG);

    assertThat(written).isTrue();
  }

  @Test
  void storeThatDoesNotWork_isSaid() {
    assertThatThrownBy(
            () ->
                TimelyNote.write(
                    () -> {
                      throw new IOException("full");
                    },
                    LONG))
        .isInstanceOf(IOException.class)
        .hasMessage("full");
  }
}
