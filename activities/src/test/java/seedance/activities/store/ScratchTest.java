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
  void thatOfThisProcess_keepsItsLock_howeverManyThereAre() throws Exception {
    try (Scratch live = Scratch.makeIn(parent);
        Scratch next = Scratch.makeIn(parent)) {
      Path clip = Files.writeString(live.folder().resolve("clip-0"), "x");

      inAnotherProcess();

      assertThat(clip).exists();
      assertThat(next.folder()).exists();
    }
  }

  @Test
  void oddFolder_doesNotKeepThoseOfDeadWorkers() throws Exception {
    for (int i = 0; i < 6; i++) {
      Path dead = Files.createDirectory(parent.resolve("seedance-scratch-" + i));
      if (i == 3) {
        Files.createDirectory(dead.resolve(".lock"));
      } else {
        Files.createFile(dead.resolve(".lock"));
      }
    }

    Scratch.makeIn(parent).close();

    assertThat(parent).isDirectoryContaining("glob:**/seedance-scratch-3");
    assertThat(parent.toFile().list()).hasSize(1);
  }

  private void inAnotherProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ScratchTest.class.getName(),
                parent.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  public static void main(String[] arguments) throws Exception {
    Scratch.makeIn(Path.of(arguments[0])).close();
  }

  @Test
  void thatIsJustBeingMade_stays() throws Exception {
    Path made = Files.createDirectory(parent.resolve("seedance-scratch-2"));

    Scratch.makeIn(parent).close();

    assertThat(made).isDirectory();
  }
}
