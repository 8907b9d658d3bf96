import Testing
import Transport

struct AddressRangeTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("192.168.4.0/22", "192.168.7.255", true), ("192.168.4.0/22", "192.168.8.0", false),
        ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "2001:4860::1", false),
        ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false),
        ("fc00::/7", "fdff::1", true), ("fc00::/7", "fe00::1", false),
        ("2001:db8::/33", "2001:db8:7fff::", true), ("2001:db8::/33", "2001:db8:8000::", false),
    ])
    func `A range contains what shares its prefix`(range: String, address: String, isInside: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(arguments: [
        "", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0/8", "10.1.0.0/8", "fc00::/129", "::1/127",
        "example.org/8", "10.0.0.0/8/8", "10.0.0.0/8 ",
    ])
    func `What is no range is refused`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(arguments: ["127.1", "0x7f.0.0.1", "2130706433", "1.2.3", "::1%lo", "[::1]", "1.2.3.4\u{0}"])
    func `Other forms of addresses are none`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(arguments: ["10.0.0.0/8", "fc00::/7", "192.0.2.7/32"])
    func `A range prints as it is written`(text: String) {
        #expect(AddressRange(text)?.description == text)
    }
}
