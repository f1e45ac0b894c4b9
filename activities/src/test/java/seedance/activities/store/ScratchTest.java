package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  @TempDir Path parent;

  @Test
  void whatIsInIt_isGoneWithIt() throws Exception {
    Path folder;
    try (Scratch scratch = Scratch.makeIn(parent)) {
      folder = scratch.folder();
      assertThat(Files.getPosixFilePermissions(folder))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      Files.writeString(Files.createDirectory(folder.resolve("a")).resolve("b"), "c");
    }

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void thatOfADeadWorker_goesWithTheNext_andThatOfALiveOneStays() throws Exception {
    Path dead = Files.createDirectory(parent.resolve("seedance-scratch-1"));
    Files.writeString(dead.resolve("clip"), "half");
    Files.createFile(dead.resolve(".lock"));
    Path others = Files.createDirectory(parent.resolve("somebody's"));
    Files.createFile(others.resolve(".lock"));

    try (Scratch live = Scratch.makeIn(parent);
        Scratch next = Scratch.makeIn(parent)) {
      assertThat(dead).doesNotExist();
      assertThat(live.folder()).isDirectory();
      assertThat(next.folder()).isDirectory().isNotEqualTo(live.folder());
      assertThat(others).isDirectory();
    }
  }

  @Test
  void thatIsJustBeingMade_stays() throws Exception {
    Path made = Files.createDirectory(parent.resolve("seedance-scratch-2"));

    Scratch.makeIn(parent).close();

    assertThat(made).isDirectory();
  }
}
