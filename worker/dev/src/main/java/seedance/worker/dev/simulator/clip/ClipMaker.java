package seedance.worker.dev.simulator.clip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jcodec.common.Codec;
import org.jcodec.common.VideoCodecMeta;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Packet;
import org.jcodec.common.model.Size;
import org.jcodec.containers.mp4.boxes.Box;
import org.jcodec.containers.mp4.boxes.MediaHeaderBox;
import org.jcodec.containers.mp4.boxes.MovieBox;
import org.jcodec.containers.mp4.boxes.MovieHeaderBox;
import org.jcodec.containers.mp4.boxes.NodeBox;
import org.jcodec.containers.mp4.boxes.TrackHeaderBox;
import org.jcodec.containers.mp4.boxes.TrakBox;
import org.jcodec.containers.mp4.muxer.CodecMP4MuxerTrack;
import org.jcodec.containers.mp4.muxer.MP4Muxer;

/** Makes clips and their last frames. The same spec always makes the same bytes. */
final class ClipMaker {

  private static final int ROOM_FOR_HEADERS = 64 * 1024;

  /** The identity matrix of ISO/IEC 14496-12, 8.2.2: neither turned nor scaled. */
  private static final int[] UPRIGHT = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};

  private ClipMaker() {}

  /** Makes the whole file. */
  static byte[] video(ClipSpec spec) {
    try {
      return mux(spec, frames(spec));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /** Makes the picture that the clip ends with, as PNG. */
  static byte[] lastFrame(ClipSpec spec) {
    return PngWriter.write(new Reel(spec).last(), spec.size());
  }

  private static List<Packet> frames(ClipSpec spec) {
    Reel reel = new Reel(spec);
    MosaicCoder coder = new MosaicCoder(spec.size());
    List<Packet> frames = new ArrayList<>();
    for (int index = 0; index < reel.length(); index++) {
      int tick = index * Reel.TICKS_PER_PICTURE;
      int length = Math.min(Reel.TICKS_PER_PICTURE, spec.ticks() - tick);
      ByteBuffer coded = coder.code(reel.picture(index), index);
      frames.add(
          Packet.createPacket(
              coded, tick, ClipSpec.TICKS_PER_SECOND, length, index, Packet.FrameType.KEY, null));
    }
    return frames;
  }

  private static byte[] mux(ClipSpec spec, List<Packet> frames) throws IOException {
    int room = frames.stream().mapToInt(frame -> frame.getData().remaining()).sum();
    ByteBufferSeekableByteChannel channel =
        ByteBufferSeekableByteChannel.writeToByteBuffer(
            ByteBuffer.allocate(room + ROOM_FOR_HEADERS));
    MP4Muxer muxer = MP4Muxer.createMP4Muxer(channel, spec.container().brand());
    Size size = new Size(spec.size().width(), spec.size().height());
    CodecMP4MuxerTrack track =
        (CodecMP4MuxerTrack)
            muxer.addVideoTrack(
                Codec.H264, VideoCodecMeta.createSimpleVideoCodecMeta(size, ColorSpace.YUV420));
    for (Packet frame : frames) {
      track.addFrame(frame);
    }
    MovieBox movie = muxer.finalizeHeader();
    fixDates(movie);
    muxer.storeHeader(movie);
    ByteBuffer file = channel.getContents();
    byte[] bytes = new byte[file.remaining()];
    file.get(bytes);
    return bytes;
  }

  /** jcodec writes the time of day into three boxes; a clip made again must be the same clip. */
  private static void fixDates(MovieBox movie) {
    MovieHeaderBox header = MovieBox.findFirst(movie, MovieHeaderBox.class, "mvhd");
    inPlace(
        movie,
        header,
        MovieHeaderBox.createMovieHeaderBox(
            header.getTimescale(),
            header.getDuration(),
            header.getRate(),
            header.getVolume(),
            0,
            0,
            UPRIGHT,
            header.getNextTrackId()));
    TrakBox track = movie.getVideoTrack();
    TrackHeaderBox old = track.getTrackHeader();
    TrackHeaderBox dated =
        TrackHeaderBox.createTrackHeaderBox(
            old.getTrackId(),
            old.getDuration(),
            old.getWidth(),
            old.getHeight(),
            0,
            0,
            old.getVolume(),
            old.getLayer(),
            old.getAltGroup(),
            UPRIGHT);
    dated.setFlags(old.getFlags());
    inPlace(track, old, dated);
    MediaHeaderBox media = MovieBox.findFirst(track.getMdia(), MediaHeaderBox.class, "mdhd");
    inPlace(
        track.getMdia(),
        media,
        MediaHeaderBox.createMediaHeaderBox(
            media.getTimescale(),
            media.getDuration(),
            media.getLanguage(),
            0,
            0,
            media.getQuality()));
  }

  /** Players want the headers first; {@link NodeBox#replaceBox} would put them last. */
  private static void inPlace(NodeBox parent, Box old, Box dated) {
    parent.getBoxes().set(parent.getBoxes().indexOf(old), dated);
  }
}
