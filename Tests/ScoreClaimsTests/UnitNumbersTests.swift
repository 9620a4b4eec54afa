import ScoreClaims
import Testing

@Suite struct UnitNumbersTests {
  @Test("Numbers and ranges are read, and written with neighbours as ranges")
  func reading() {
    #expect(UnitNumbers("3")?.numbers == [3])
    #expect(UnitNumbers("1-3,7,2-4")?.numbers == [1, 2, 3, 4, 7])
    #expect(UnitNumbers("1-3,7,2-4")?.description == "1-4,7")
    #expect(UnitNumbers([9, 1, 2]).description == "1-2,9")
  }

  @Test(
    "What is no number from 1 or no ascending range is refused",
    arguments: ["", "0", "-1", "3-1", "1,,2", "1-2-3", "a", "1-", "1 2", "1-99999999"])
  func refusal(text: String) {
    #expect(UnitNumbers(text) == nil)
  }
}
