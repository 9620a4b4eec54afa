import Testing

@testable import ScoreCore

/// How fills and single calls share a stream.
@Suite struct RandomFillTests {
  private static func stream() -> RandomStream {
    RandomStream(seed: 3, purpose: .test, index: 1 << 40)
  }

  private static func normals(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    var values = [Double](repeating: .nan, count: count)
    values.withUnsafeMutableBufferPointer { stream.fillNormals($0) }
    return values
  }

  private static func uniforms(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    var values = [Double](repeating: .nan, count: count)
    values.withUnsafeMutableBufferPointer { stream.fillUniforms($0) }
    return values
  }

  private static func floats(_ count: Int, _ stream: inout RandomStream) -> [Float] {
    var values = [Float](repeating: .nan, count: count)
    values.withUnsafeMutableBufferPointer { stream.fillNormals($0) }
    return values
  }

  @Test("A fill gives what as many single calls give, whatever came before and comes after")
  func fillsAreCalls() {
    var script = RandomStream(seed: 5, purpose: .test)
    var filled = Self.stream()
    var single = Self.stream()
    for _ in 0..<2000 {
      let count = script.integer(below: 12) * script.integer(below: 30)
      switch script.integer(below: 4) {
      case 0: #expect(Self.uniforms(count, &filled) == (0..<count).map { _ in single.uniform() })
      case 1: #expect(Self.normals(count, &filled) == (0..<count).map { _ in single.normal() })
      case 2: #expect(filled.next() == single.next())
      default: #expect(filled.normal() == single.normal())
      }
    }
  }

  @Test("Words and normal numbers take blocks in order, and each block once")
  func blocksAreGivenOnce() {
    let words = NormalReference.words(seed: 3, purpose: .test, index: 1 << 40, blocks: 0..<12)
    func pair(_ block: Int) -> [Double] {
      NormalReference.pair(words[2 * block], words[2 * block + 1]).map { Double($0) }
    }
    func near(_ a: [Double], _ b: [Double]) -> Bool {
      a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-14 }
    }
    var stream = Self.stream()
    #expect(stream.next() == words[0])
    #expect(near([stream.normal()], [pair(1)[0]]))
    #expect(stream.uniform() == RandomStream.uniform(of: words[1]))
    #expect(near(Self.normals(4, &stream), [pair(1)[1]] + pair(2) + [pair(3)[0]]))
    // Five float32 numbers: blocks 4 and 5, of which three numbers are dropped.
    let floats = Self.floats(5, &stream).map(Double.init)
    let expected = (8..<11).flatMap { NormalReference.floatPair(words[$0]) }.map { Double($0) }
    #expect(zip(floats, expected).allSatisfy { abs($0 - $1) <= 1e-5 })
    #expect(
      Self.uniforms(3, &stream) == words[12...14].map { RandomStream.uniform(of: $0) })
    #expect(near([stream.normal()], [pair(3)[1]]))
    #expect(stream.next() == words[15])
    #expect(near([stream.normal()], [pair(8)[0]]))
  }

  @Test("Fills of nothing take nothing")
  func empty() {
    var stream = Self.stream()
    var untouched = Self.stream()
    #expect(Self.normals(0, &stream).isEmpty)
    #expect(Self.uniforms(0, &stream).isEmpty)
    #expect(Self.floats(0, &stream).isEmpty)
    stream.fillNormals(UnsafeMutableBufferPointer<Double>(start: nil, count: 0))
    stream.fillNormals(UnsafeMutableBufferPointer<Float>(start: nil, count: 0))
    stream.fillUniforms(UnsafeMutableBufferPointer<Double>(start: nil, count: 0))
    #expect(stream.normals(count: 0, dimension: 3).count == 0)
    #expect(stream.next() == untouched.next())
  }

  @Test("A fill split in two is the same fill", arguments: [0, 1, 2, 3, 255, 256, 257, 1000])
  func splits(head: Int) {
    var (whole, parts) = (Self.stream(), Self.stream())
    #expect(
      Self.normals(1031, &whole)
        == Self.normals(head, &parts) + Self.normals(1031 - head, &parts))
    #expect(
      Self.uniforms(1031, &whole)
        == Self.uniforms(head, &parts) + Self.uniforms(1031 - head, &parts))
    var (wholeFloat, partsFloat) = (Self.stream(), Self.stream())
    let first = head & ~3
    #expect(
      Self.floats(1031, &wholeFloat)
        == Self.floats(first, &partsFloat) + Self.floats(1031 - first, &partsFloat))
  }

  @Test(
    "A fill shared out over the processors has the bits of small ones, also inside other work",
    arguments: [RandomStream.parallelCount - 1, RandomStream.parallelCount, 100_003])
  func parallelFills(count: Int) {
    var (large, small) = (Self.stream(), Self.stream())
    let normals = Self.normals(count, &large)
    let floats = Self.floats(count, &large)
    let uniforms = Self.uniforms(count, &large)
    func inSmall<Number>(_ fill: (Int) -> [Number]) -> [Number] {
      stride(from: 0, to: count, by: 1000).flatMap { fill(min(1000, count - $0)) }
    }
    #expect(normals == inSmall { Self.normals($0, &small) })
    #expect(floats == inSmall { Self.floats($0, &small) })
    #expect(uniforms == inSmall { Self.uniforms($0, &small) })
    let same = RowShards.map(count: 8, costPerRow: 1_000_000) { _ in
      var nested = Self.stream()
      return Self.normals(count, &nested) == normals
    }
    #expect(same.count == 8 && same.allSatisfy { $0 })
  }

  @Test("A stream ends rather than repeat itself")
  func streamEnds() async {
    var stream = Self.stream()
    let last = stream.takeBlocks(Int(RandomStream.blockCount) - 1)
    #expect(last == 0)
    #expect(stream.takeBlocks(1) == .max)
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(seed: 3, purpose: .test)
      _ = stream.takeBlocks(Int(RandomStream.blockCount))
      _ = stream.normal()
    }
  }
}
