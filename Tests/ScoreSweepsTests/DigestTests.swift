import Testing

@testable import ScoreSweeps

@Suite struct DigestTests {
  @Test(
    "SHA-256 is that of the standard's examples",
    arguments: [
      // FIPS 180-2, appendix B, and the empty text; sha256sum of GNU coreutils prints the same.
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func examples(_ text: String, _ digest: String) {
    #expect(SHA256.digest(Array(text.utf8)) == digest)
  }

  @Test("A million letters, in pieces of any length, have the standard's digest")
  func pieces() {
    let all = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    for length in [1_000_000, 63, 64, 65, 4099] {
      var sum = SHA256()
      var start = 0
      while start < all.count {
        sum.update(all[start..<min(start + length, all.count)])
        start += length
      }
      #expect(sum.finish() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }
  }
}

@Suite struct SobolSequenceTests {
  /// `scipy.stats.qmc.Sobol(d=5, scramble=False).random(8)`, SciPy 1.16.
  private static let scipy: [[Double]] = [
    [0, 0, 0, 0, 0], [0.5, 0.5, 0.5, 0.5, 0.5], [0.75, 0.25, 0.25, 0.25, 0.75],
    [0.25, 0.75, 0.75, 0.75, 0.25], [0.375, 0.375, 0.625, 0.875, 0.375],
    [0.875, 0.875, 0.125, 0.375, 0.875], [0.625, 0.125, 0.875, 0.625, 0.625],
    [0.125, 0.625, 0.375, 0.125, 0.125],
  ]

  @Test("The first points in five dimensions are SciPy's")
  func points() {
    let sequence = SobolSequence(axes: 5)
    #expect((0..<8).map { sequence[$0] } == Self.scipy)
  }

  @Test("Every block of 64 points has one in each 64th of every axis")
  func blocks() {
    let sequence = SobolSequence(axes: SobolSequence.mostAxes)
    for block in 0..<4 {
      let points = (64 * block..<64 * (block + 1)).map { sequence[$0] }
      for axis in 0..<SobolSequence.mostAxes {
        #expect(Set(points.map { Int($0[axis] * 64) }).count == 64)
      }
    }
  }
}
