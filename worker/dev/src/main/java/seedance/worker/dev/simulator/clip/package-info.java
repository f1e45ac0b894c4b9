/**
 * Makes the simulator's clips: real H.264 in MP4 or QuickTime, drawn from a seed, coded in
 * milliseconds without AWT.
 *
 * <p>{@link seedance.worker.dev.simulator.clip.Clips} is the entry; the rest is one step each:
 * {@code Drawing} paints a {@code Mosaic} of flat cells, {@code Reel} puts them in order, behind
 * the {@link seedance.worker.dev.simulator.clip.Footage} that is given, {@code MosaicCoder} codes
 * it as one frame, {@code ClipMaker} lays the frames into a file.
 *
 * <p>{@link seedance.worker.dev.simulator.clip.ClipReader} and {@link
 * seedance.worker.dev.simulator.clip.ImageFile} read the files that a clip is made from.
 */
@NullMarked
package seedance.worker.dev.simulator.clip;

import org.jspecify.annotations.NullMarked;
