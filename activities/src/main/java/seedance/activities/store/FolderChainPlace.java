package seedance.activities.store;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import seedance.workflows.generation.Artifact;

/** A chain's own files in one folder of a {@link FolderStore}. */
final class FolderChainPlace implements ChainPlace {
  static final String MANIFEST = "chain.json";

  private final Path folder;
  private final StoreAccess access;

  FolderChainPlace(Path folder, StoreAccess access) {
    this.folder = folder;
    this.access = access;
  }

  @Override
  public Artifact saveFilm(FilmMaker maker) throws IOException {
    Artifact.Kind kind = Artifact.Kind.FILM;
    PartFile.deleteThoseOfDeadWorkers(folder, kind.fileName());
    try (PartFile part = PartFile.in(folder, kind.fileName())) {
      maker.writeTo(part.path());
      Arrival arrival = new Arrival(kind, Long.MAX_VALUE);
      MediaType type = FolderPlace.checked(part.path(), arrival);
      String name = type.fileName(kind);
      part.moveTo(name);
      return new Artifact(
          kind, folder.resolve(name).toUri(), type.mimeType(), arrival.bytes(), arrival.sha256());
    }
  }

  @Override
  public URI saveManifest(byte[] json) throws IOException {
    try (PartFile part = PartFile.in(folder, MANIFEST, access.file(folder))) {
      part.write(ByteBuffer.wrap(json));
      part.moveTo(MANIFEST);
    }
    PartFile.deleteThoseOfDeadWorkers(folder, MANIFEST);
    return folder.resolve(MANIFEST).toUri();
  }
}
