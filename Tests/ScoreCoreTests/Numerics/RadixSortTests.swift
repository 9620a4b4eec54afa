import Testing

@testable import ScoreCore

@Suite struct RadixSortTests {
  @Test("The order is that of the library's sort", arguments: [0, 1, 255, 256, 257, 1000, 5000])
  func order(count: Int) {
    var stream = RandomStream(seed: 3, purpose: .test)
    // Many sizes, both signs, and every fourth number twice.
    let sizes: [Double] = [1e-300, 1e-5, 1, 1e12]
    var numbers: [Double] = (0..<count).map { sizes[$0 % 4] * stream.normal() }
    for i in stride(from: 4, to: count, by: 4) { numbers[i] = numbers[i - 4] }
    if count > 10 {
      let ends: [Double] = [.infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -1e308]
      numbers.replaceSubrange(2..<8, with: ends)
    }
    var sorted = numbers
    sorted.sortByDigits()
    #expect(sorted == numbers.sorted())
    #expect(
      sorted.map(\.bitPattern).sorted() == numbers.map(\.bitPattern).sorted(),
      "No number is lost or made.")
  }

  @Test("Numbers that differ in late digits alone are sorted too", arguments: [300, 5000])
  func lateDigits(count: Int) {
    var stream = RandomStream(seed: 4, purpose: .test)
    let numbers: [Double] = (0..<count).map { _ in 1e9 + 1e-3 * stream.normal() }
    var sorted = numbers
    sorted.sortByDigits()
    #expect(sorted == numbers.sorted())
  }
}
