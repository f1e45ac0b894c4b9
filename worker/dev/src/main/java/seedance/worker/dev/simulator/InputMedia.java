package seedance.worker.dev.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import seedance.worker.dev.simulator.clip.ClipReader;
import seedance.worker.dev.simulator.clip.ImageFile;
import seedance.worker.dev.simulator.clip.Picture;
import seedance.worker.dev.simulator.clip.SourceClip;

/**
 * Reads the images and videos that a create names: the simulator's own files, data URLs, and files
 * on this machine. Others are not fetched, and audio is not read.
 */
final class InputMedia {

  /** The service bills input video by its length; this stands for one that is not fetched. */
  private static final SourceClip NOT_FETCHED = new SourceClip(Duration.ofSeconds(5), List.of());

  private final FileLinks links;
  private final OwnFiles files;
  private final LoopbackFiles loopback;

  InputMedia(FileLinks links, OwnFiles files, LoopbackFiles loopback) {
    this.links = links;
    this.files = files;
    this.loopback = loopback;
  }

  /**
   * Reads the media of a body that was checked before.
   *
   * @throws MediaRefused for the first that is within reach and cannot be fetched or read
   */
  Inputs read(JsonNode body) throws MediaRefused {
    Optional<Picture> firstFrame = Optional.empty();
    Optional<Picture> lastFrame = Optional.empty();
    Optional<Picture> shape = Optional.empty();
    List<SourceClip> videos = new ArrayList<>();
    boolean referenceImages = false;
    JsonNode content = body.path("content");
    for (int i = 0; i < content.size(); i++) {
      JsonNode item = content.get(i);
      String type = item.path("type").asText();
      String param = "content[" + i + "]." + type + ".url";
      String url = item.path(type).path("url").asText();
      Optional<Picture> seen = Optional.empty();
      if (type.equals("image_url")) {
        seen = image(param, url);
        switch (item.path("role").asText("")) {
          case "reference_image" -> referenceImages = true;
          case "last_frame" -> lastFrame = seen;
          default -> firstFrame = seen;
        }
      } else if (type.equals("video_url")) {
        SourceClip video = video(param, url);
        videos.add(video);
        seen = video.tail().stream().findFirst();
      }
      shape = shape.isPresent() ? shape : seen;
    }
    boolean extended = extended(body, referenceImages);
    return new Inputs(firstFrame, lastFrame, videos, extended, shape);
  }

  /** Images beside a video say that it is to be changed; a video alone is to go on. */
  private static boolean extended(JsonNode body, boolean referenceImages) {
    return switch (body.path("omni_reference_task_type").asText("auto")) {
      case "extend" -> true;
      case "reference", "edit" -> false;
      default -> !referenceImages;
    };
  }

  private Optional<Picture> image(String param, String url) throws MediaRefused {
    Optional<OwnFiles.OwnFile> own = own(param, url, true);
    if (own.isPresent()) {
      if (own.get().kind() != OwnFiles.Kind.LAST_FRAME) {
        throw MediaRefused.notRead(param, true);
      }
      List<Picture> tail = SourceClip.of(own.get().task().generation().clip()).tail();
      return Optional.of(tail.get(tail.size() - 1));
    }
    Optional<byte[]> file = bytes(param, url, true);
    try {
      return file.isPresent() ? ImageFile.read(file.get()) : Optional.empty();
    } catch (IOException e) {
      throw MediaRefused.notRead(param, true);
    }
  }

  private SourceClip video(String param, String url) throws MediaRefused {
    Optional<OwnFiles.OwnFile> own = own(param, url, false);
    if (own.isPresent()) {
      if (own.get().kind() != OwnFiles.Kind.VIDEO) {
        throw MediaRefused.notRead(param, false);
      }
      return SourceClip.of(own.get().task().generation().clip());
    }
    Optional<byte[]> file = bytes(param, url, false);
    try {
      return file.isPresent() ? ClipReader.read(file.get()) : NOT_FETCHED;
    } catch (IOException e) {
      throw MediaRefused.notRead(param, false);
    }
  }

  /** A file of this simulator, by whatever name its host is reached. */
  private Optional<OwnFiles.OwnFile> own(String param, String text, boolean image)
      throws MediaRefused {
    Optional<URI> url = url(text).filter(found -> found.getPath() != null);
    if (url.isEmpty() || !url.get().getPath().startsWith(FileLinks.FOLDER)) {
      return Optional.empty();
    }
    FileLinks.Verdict verdict = links.check(url.get());
    if (verdict == FileLinks.Verdict.FORGED) {
      // Another server's, then.
      return Optional.empty();
    }
    Optional<OwnFiles.OwnFile> file =
        verdict == FileLinks.Verdict.VALID ? files.find(url.get().getRawPath()) : Optional.empty();
    if (file.isEmpty()) {
      throw MediaRefused.notFetched(param, image);
    }
    return file;
  }

  /**
   * The bytes behind a URL.
   *
   * @return empty for one that is out of reach
   */
  private Optional<byte[]> bytes(String param, String text, boolean image) throws MediaRefused {
    if (text.regionMatches(true, 0, "data:", 0, 5)) {
      try {
        return Optional.of(Base64.getDecoder().decode(text.substring(text.indexOf(',') + 1)));
      } catch (IllegalArgumentException e) {
        throw MediaRefused.notRead(param, image);
      }
    }
    Optional<URI> url = url(text).filter(LoopbackFiles::reaches);
    try {
      return url.isPresent() ? Optional.of(loopback.fetch(url.get())) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw MediaRefused.notFetched(param, image);
    }
  }

  private static Optional<URI> url(String text) {
    try {
      return text.regionMatches(true, 0, "data:", 0, 5)
          ? Optional.empty()
          : Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
