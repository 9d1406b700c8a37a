import { UserError } from "../errors.ts";

/** What is wrong with a picture: plain data, for it comes from another process. */
export type PictureFault =
  | { readonly type: "damaged" }
  | {
      readonly type: "too large";
      readonly width: number;
      readonly height: number;
      readonly maxMegapixels: number;
    };

/** A picture that can't be read, and what to do about it. */
export class PictureError extends UserError {
  readonly fault: PictureFault;

  constructor(fault: PictureFault, options?: ErrorOptions) {
    super(
      ({ files }) =>
        fault.type === "damaged"
          ? files.pictureDamaged
          : files.pictureTooLarge(fault.width, fault.height, fault.maxMegapixels),
      options,
    );
    this.fault = fault;
  }
}
