declare module "heic-decode" {
  /** The pictures of one file, not yet decoded; `dispose` frees them. */
  interface HeicImages extends Array<{
    readonly width: number;
    readonly height: number;
    decode(): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }>;
  }> {
    dispose(): void;
  }
  const decode: { all(file: { buffer: Uint8Array }): Promise<HeicImages> };
  export default decode;
}
