package seedance.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import seedance.workflows.generation.Artifact;

/** A chain's own files in one folder of a {@link FolderStore}. */
final class FolderChainPlace implements ChainPlace {
  private static final String MANIFEST = "chain.json";

  private final Path folder;

  FolderChainPlace(Path folder) {
    this.folder = folder;
  }

  @Override
  public Artifact saveFilm(FilmMaker maker) throws IOException {
    Artifact.Kind kind = Artifact.Kind.FILM;
    PartFile.deleteThoseOfDeadWorkers(folder, kind.fileName());
    try (PartFile part = PartFile.in(folder, kind.fileName())) {
      maker.writeTo(part.path());
      MediaType type = typeOf(part.path());
      String name = kind.fileName() + "." + type.extension();
      long bytes = Files.size(part.path());
      String sha256 = FolderPlace.hashOf(part.path());
      part.moveTo(name);
      return new Artifact(kind, folder.resolve(name).toUri(), type.mimeType(), bytes, sha256);
    }
  }

  private static MediaType typeOf(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return MediaType.sniff(content.readNBytes(MediaType.SNIFFED_BYTES))
          .orElseThrow(() -> new IOException("what was made is no media file"));
    }
  }

  @Override
  public URI saveManifest(byte[] json) throws IOException {
    try (PartFile part = PartFile.in(folder, MANIFEST)) {
      part.write(ByteBuffer.wrap(json));
      part.moveTo(MANIFEST);
    }
    PartFile.deleteThoseOfDeadWorkers(folder, MANIFEST);
    return folder.resolve(MANIFEST).toUri();
  }
}
