import CVectorKernels

/// Many numbers at once; ``RandomStream`` says how fills and single calls share the blocks.
extension RandomStream {
  /// Fills of at least this many numbers are shared out over the processors.
  static let parallelCount = 20_000
  /// The numbers a thread makes at a time, some 20 us; a multiple of those of a block.
  private static let pieceCount = 8192

  /// Fills a buffer with uniform numbers in the open interval (0, 1), with 53 random bits.
  ///
  /// Gives the numbers of as many calls of ``uniform()``.
  public mutating func fillUniforms(_ buffer: UnsafeMutableBufferPointer<Double>) {
    guard let start = buffer.baseAddress, !buffer.isEmpty else { return }
    let head = hasSpareWord ? 1 : 0
    if head == 1 { buffer[0] = uniform() }
    let whole = (buffer.count - head) & ~1
    fillBlocks(start + head, count: whole, perBlock: 2, kernel: sf_uniforms)
    if head + whole < buffer.count { buffer[head + whole] = uniform() }
  }

  /// Fills a buffer with standard normal numbers.
  ///
  /// Gives the numbers of as many calls of ``normal()``.
  public mutating func fillNormals(_ buffer: UnsafeMutableBufferPointer<Double>) {
    guard let start = buffer.baseAddress, !buffer.isEmpty else { return }
    let head = hasSpareNormal ? 1 : 0
    if head == 1 { buffer[0] = normal() }
    let whole = (buffer.count - head) & ~1
    fillBlocks(start + head, count: whole, perBlock: 2, kernel: sf_normals)
    if head + whole < buffer.count { buffer[head + whole] = normal() }
  }

  /// Fills a buffer with standard normal numbers in float32, at most 6.7 in size.
  ///
  /// Uses one block for four numbers, from the next unused block on. A normal number exceeds the
  /// largest size with probability 2^-33.
  public mutating func fillNormals(_ buffer: UnsafeMutableBufferPointer<Float>) {
    guard let start = buffer.baseAddress else { return }
    fillBlocks(start, count: buffer.count, perBlock: 4, kernel: sf_normals_float)
  }

  /// Standard normal points, `[count, dimension]`.
  public mutating func normals(count: Int, dimension: Int) -> Points {
    precondition(count >= 0 && dimension >= 1, "A batch needs a count and a dimension.")
    let values = [Double](unsafeUninitializedCapacity: count * dimension) { buffer, filled in
      fillNormals(UnsafeMutableBufferPointer(rebasing: buffer[..<(count * dimension)]))
      filled = count * dimension
    }
    return Points(values: values, dimension: dimension)
  }

  /// Calls a kernel for blocks no other call gets; many of them in pieces on several threads.
  private mutating func fillBlocks<Number>(
    _ start: UnsafeMutablePointer<Number>, count: Int, perBlock: Int,
    kernel: (UnsafePointer<sf_stream>?, UInt32, UnsafeMutablePointer<Number>?, Int) -> Void
  ) {
    let first = takeBlocks((count + perBlock - 1) / perBlock)
    withUnsafePointer(to: kernelStream) { stream in
      guard count >= Self.parallelCount else { return kernel(stream, first, start, count) }
      Workers.current.perform((count + Self.pieceCount - 1) / Self.pieceCount) { piece in
        let offset = piece * Self.pieceCount
        kernel(
          stream, first + UInt32(offset / perBlock), start + offset,
          min(Self.pieceCount, count - offset))
      }
    }
  }
}
