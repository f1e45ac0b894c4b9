package seedance.activities.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import seedance.activities.store.ArtifactSink;
import seedance.activities.store.ChainPlace;
import seedance.activities.store.Scratch;
import seedance.workflows.generation.Artifact;

/** A chain's own files in a bucket. Its film is made in a scratch folder of this machine. */
final class BucketChainPlace implements ChainPlace {
  private static final String MANIFEST = "chain.json";
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Bucket bucket;
  private final String folder;

  BucketChainPlace(Bucket bucket, String folder) {
    this.bucket = bucket;
    this.folder = folder;
  }

  @Override
  public Artifact saveFilm(FilmMaker maker) throws IOException {
    try (Scratch scratch = Scratch.make()) {
      Path film = Files.createFile(scratch.folder().resolve(Artifact.Kind.FILM.fileName()));
      maker.writeTo(film);
      return put(film);
    }
  }

  private Artifact put(Path film) throws IOException {
    try (InputStream content = Files.newInputStream(film);
        ArtifactSink sink =
            new BucketPlace(bucket, folder, "").open(Artifact.Kind.FILM, Long.MAX_VALUE)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = content.read(buffer); read > 0; read = content.read(buffer)) {
        sink.write(buffer, 0, read);
      }
      return sink.finish(OptionalLong.of(Files.size(film)));
    }
  }

  @Override
  public URI saveManifest(byte[] json) throws IOException {
    bucket.put(folder + MANIFEST, json);
    return bucket.uri(folder + MANIFEST);
  }
}
