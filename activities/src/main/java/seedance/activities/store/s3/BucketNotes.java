package seedance.activities.store.s3;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import seedance.activities.store.Notes;

/** Notes as small objects under {@code .receipts/}. */
final class BucketNotes implements Notes {
  private static final String ROOT = ".receipts/";

  private final Bucket bucket;

  BucketNotes(Bucket bucket) {
    this.bucket = bucket;
  }

  @Override
  public Optional<byte[]> read(String path, int most) throws IOException {
    return bucket.read(ROOT + path, most);
  }

  @Override
  public boolean writeFirst(String path, byte[] note) throws IOException {
    return bucket.putFirst(ROOT + path, note);
  }

  @Override
  public boolean writeFirstSecret(String path, byte[] note) throws IOException {
    return writeFirst(path, note);
  }

  @Override
  public void write(String path, byte[] note) throws IOException {
    bucket.put(ROOT + path, note);
  }

  @Override
  public void delete(String path) throws IOException {
    bucket.delete(ROOT + path);
  }

  /** An object is never there in part: one that makes no sense is for the operator to look at. */
  @Override
  public void freeBroken(String path) {}

  @Override
  public Optional<Instant> writtenAt(String path) throws IOException {
    return bucket.find(ROOT + path).map(Bucket.Found::writtenAt);
  }

  @Override
  public List<Entry> in(String folder) throws IOException {
    return bucket.in(ROOT + folder + "/").stream()
        .map(found -> new Entry(found.key().substring(ROOT.length()), found.writtenAt()))
        .toList();
  }

  @Override
  public boolean mayBeInPart() {
    return false;
  }

  @Override
  public boolean showsAll() {
    return bucket.location().listing() == BucketLocation.Listing.CONSISTENT;
  }
}
