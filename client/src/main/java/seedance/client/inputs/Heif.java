package seedance.client.inputs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import seedance.workflows.request.ImageSize;

/** The size of a HEIF file's primary image: ISO 23008-12, 6.5.3, and ISO 14496-12, 8.11. */
final class Heif {
  private Heif() {}

  static Optional<ImageSize> size(FileBytes bytes) throws IOException {
    Optional<Box> full = Box.whole(bytes).first("meta");
    if (full.isEmpty()) {
      return Optional.empty();
    }
    Box meta = full.get().after(4);
    OptionalLong primary = primary(meta);
    Optional<Box> properties = meta.first("iprp", "ipco");
    Optional<Box> links = meta.first("iprp", "ipma");
    return primary.isPresent() && properties.isPresent() && links.isPresent()
        ? size(primary.getAsLong(), properties.get().all(), links.get())
        : Optional.empty();
  }

  private static OptionalLong primary(Box meta) throws IOException {
    Optional<Box> pitm = meta.first("pitm");
    if (pitm.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(pitm.get().version() == 0 ? pitm.get().u16(4) : pitm.get().u32(4));
  }

  private static Optional<ImageSize> size(long item, List<Box> properties, Box links)
      throws IOException {
    boolean wideItem = links.version() > 0;
    boolean wideIndex = (links.u32(0) & 1) == 1;
    long at = 8;
    for (long left = links.u32(4); left > 0; left--) {
      long id = wideItem ? links.u32(at) : links.u16(at);
      at += wideItem ? 4 : 2;
      int count = links.u8(at++);
      for (int i = 0; i < count; i++) {
        int index = wideIndex ? links.u16(at) & 0x7fff : links.u8(at) & 0x7f;
        at += wideIndex ? 2 : 1;
        Optional<ImageSize> size = id == item ? size(properties, index - 1) : Optional.empty();
        if (size.isPresent()) {
          return size;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<ImageSize> size(List<Box> properties, int index) throws IOException {
    if (index < 0 || index >= properties.size() || !properties.get(index).type().equals("ispe")) {
      return Optional.empty();
    }
    Box ispe = properties.get(index);
    return Optional.of(new ImageSize(ispe.i32(4), ispe.i32(8)))
        .filter(size -> size.width() > 0 && size.height() > 0);
  }
}
