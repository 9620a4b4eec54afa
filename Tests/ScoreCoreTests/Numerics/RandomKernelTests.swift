import CVectorKernels
import Testing

@testable import ScoreCore

/// The C kernels against the one-block function and the C library.
@Suite struct RandomKernelTests {
  static let seed: UInt64 = 0x9e37_79b9_7f4a_7c15
  static let index: UInt64 = 0xfedc_ba98_7654_3210
  static let stream = RandomStream(seed: seed, purpose: .test, index: index).kernelStream

  static func words(_ blocks: Range<UInt32>) -> [UInt64] {
    NormalReference.words(seed: seed, purpose: .test, index: index, blocks: blocks)
  }

  /// Around the sizes of vectors and chunks.
  static let counts = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 17, 31, 255, 256, 257, 258, 511, 513, 1029]

  @Test(
    "The kernel's blocks are Philox's, whatever the count and the first block", arguments: counts)
  func words(count: Int) {
    for first: UInt32 in [0, 1, 0x7fff_fff0, 0xffff_f000] {
      var made = [UInt64](repeating: 7, count: count + 1)
      withUnsafePointer(to: Self.stream) { sf_random_words($0, first, &made, count) }
      let blocks = Self.words(first..<first + UInt32((count + 1) / 2))
      #expect(Array(made.prefix(count)) == Array(blocks.prefix(count)))
      #expect(made[count] == 7, "nothing is written past the end")
    }
  }

  @Test("Uniform numbers are those of the words", arguments: counts)
  func uniforms(count: Int) {
    var made = [Double](repeating: 7, count: count + 1)
    withUnsafePointer(to: Self.stream) { sf_uniforms($0, 3, &made, count) }
    let words = Self.words(3..<3 + UInt32((count + 1) / 2))
    #expect(Array(made.prefix(count)) == words.prefix(count).map { RandomStream.uniform(of: $0) })
    #expect(made[count] == 7)
  }

  @Test("Normal numbers are Box-Muller's to 6e-16, in their places")
  func normals() {
    let count = 200_001
    var made = [Double](repeating: 0, count: count)
    withUnsafePointer(to: Self.stream) { sf_normals($0, 5, &made, count) }
    let words = Self.words(5..<5 + UInt32((count + 1) / 2))
    var worst: LongDouble = 0
    for (i, value) in made.enumerated() {
      let exact = NormalReference.pair(words[i & ~1], words[i | 1])[i & 1]
      worst = max(worst, abs(LongDouble(value) / exact - 1))
    }
    // Two roundings of the angle, six of logarithm, root, sine and products, and the libm's own on
    // a machine without a longer type; 4.9e-16 seen in 3e7.
    #expect(worst <= 6e-16, "largest relative error \(worst)")
  }

  /// Words that random ones hardly ever are: the ends, the powers of two and their neighbours, the
  /// change of exponent at the root of 1/2, and sweeps towards both ends.
  static let rareWords: [UInt64] = {
    let root = UInt64(0.5.squareRoot() * 0x1p64)
    var words: [UInt64] = [0, 1, 2, .max - 1, root - 4096, root - 1, root, root + 1, root + 4096]
    for shift in 0..<64 {
      let power = UInt64(1) << shift
      words += [power - 1, power, power + 1, ~power, 3 << shift, ~(3 << shift)]
    }
    return words
  }()

  @Test("Normal numbers keep their accuracy for the rarest words")
  func rareNormals() {
    var worst: LongDouble = 0
    for a in Self.rareWords {
      // A u that rounds to 1 makes the pair 0.
      guard a < UInt64.max - 1023 else { continue }
      for b in Self.rareWords {
        var made = [0.0, 0.0]
        sf_normal_pair(a, b, &made)
        for (value, exact) in zip(made, NormalReference.pair(a, b)) {
          worst = max(worst, abs(LongDouble(value) / exact - 1))
        }
      }
    }
    #expect(worst <= 6e-16, "largest relative error \(worst)")
    var ends = [0.0, 0.0]
    // The angle 0, almost: the whole radius lies in the first number.
    sf_normal_pair(0, 1 << 61, &ends)
    #expect(abs(ends[0] - 9.492_6) < 1e-4, "sqrt(130 ln 2)")
    sf_normal_pair(.max, 1 << 61, &ends)
    #expect(ends == [0, 0])
  }

  @Test("Float32 normal numbers are Box-Muller's to 4e-7, in their places")
  func floatNormals() {
    let count = 400_003
    var made = [Float](repeating: 0, count: count)
    withUnsafePointer(to: Self.stream) { sf_normals_float($0, 5, &made, count) }
    let words = Self.words(5..<5 + UInt32((count + 3) / 4))
    var worst: LongDouble = 0
    for (i, value) in made.enumerated() {
      let exact = NormalReference.floatPair(words[i / 2])[i & 1]
      worst = max(worst, abs(LongDouble(value) / exact - 1))
    }
    // Six float32 roundings of 6e-8; 3.6e-7 seen in 3e7.
    #expect(worst <= 4e-7, "largest relative error \(worst)")
  }

  @Test("Every path gives the same bits", arguments: counts + [100_000])
  func paths(count: Int) {
    var chosen = [Double](repeating: 7, count: count + 1)
    var baseline = chosen
    var chosenFloat = [Float](repeating: 7, count: count + 1)
    var baselineFloat = chosenFloat
    withUnsafePointer(to: Self.stream) { stream in
      sf_normals(stream, 11, &chosen, count)
      sf_normals_baseline(stream, 11, &baseline, count)
      sf_normals_float(stream, 11, &chosenFloat, count)
      sf_normals_float_baseline(stream, 11, &baselineFloat, count)
    }
    #expect(chosen == baseline)
    #expect(chosenFloat == baselineFloat)
    #expect(chosen[count] == 7 && chosenFloat[count] == 7)
    let words = Self.words(11..<11 + UInt32((count + 1) / 2))
    for block in 0..<count / 2 {
      var single = [0.0, 0.0]
      sf_normal_pair(words[2 * block], words[2 * block + 1], &single)
      #expect(single == [chosen[2 * block], chosen[2 * block + 1]])
    }
  }
}
