/**
 * Makes the simulator's clips: real H.264 in MP4 or QuickTime, drawn from a seed, coded in
 * milliseconds without AWT.
 *
 * <p>{@link seedance.worker.dev.simulator.clip.Clips} is the entry; the rest is one step each:
 * {@code Scene} paints a {@code Mosaic} of flat cells, {@code MosaicCoder} codes it as one frame,
 * {@code ClipMaker} lays the frames into a file.
 */
package seedance.worker.dev.simulator.clip;
