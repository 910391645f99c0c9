package dev.rowhouse.sandbox.aws.template;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** {@code Fn::Cidr}: a block of addresses, of IPv4 or IPv6, cut into equal ones. */
final class Cidr {
    private static final String ARGUMENTS =
            "Template error: every Fn::Cidr object requires three parameters, (1) the CIDR block to be split, (2) the number "
                    + "of CIDR blocks to generate, from 1 to 256, and (3) the number of subnet bits of each";
    private static final Pattern BLOCK = Pattern.compile("([0-9A-Fa-f:][0-9A-Fa-f.:]*)/(\\d{1,3})");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
    private static final int MAX_BLOCKS = 256;
    private static final int STANDARD_BITS = 8;

    private final BigInteger address;
    private final int width;
    private final int prefix;

    private Cidr(byte[] address, int prefix) {
        this.width = address.length * 8;
        this.prefix = prefix;
        int hostBits = width - prefix;
        this.address = new BigInteger(1, address).shiftRight(hostBits).shiftLeft(hostBits);
    }

    static Expression read(Object node) {
        List<Expression> arguments = Functions.arguments(node, 2, 3, ARGUMENTS).stream()
                .map(Functions::read)
                .toList();
        return new Applied(arguments, (scope, values) -> {
            Cidr block = parse(Functions.text(values.get(0), ARGUMENTS));
            int count = number(values.get(1), 1, MAX_BLOCKS);
            return block.cut(count, block.bits(values));
        });
    }

    private static Cidr parse(String text) {
        Matcher block = BLOCK.matcher(text);
        if (block.matches()) {
            try {
                // An address in either form is never taken for a name and looked up.
                String address = block.group(1);
                boolean written = address.contains(":") || IPV4.matcher(address).matches();
                byte[] bytes = written ? InetAddress.getByName(address).getAddress() : new byte[0];
                int prefix = Integer.parseInt(block.group(2));
                if (bytes.length > 0 && prefix <= bytes.length * 8) {
                    return new Cidr(bytes, prefix);
                }
            } catch (UnknownHostException e) {
                // Told below.
            }
        }
        throw new TemplateException("Template error: Fn::Cidr: '" + text + "' is no CIDR block, such as 10.0.0.0/16");
    }

    private int bits(List<Object> values) {
        if (values.size() == 3) {
            return number(values.get(2), 1, width);
        }
        if (width > 32) {
            throw new TemplateException("Template error: Fn::Cidr: a block of IPv6 requires the number of subnet bits");
        }
        return STANDARD_BITS;
    }

    private static int number(Object value, int min, int max) {
        String text = Functions.text(value, ARGUMENTS);
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw new TemplateException(
                    "Template error: Fn::Cidr: '" + text + "' is not a number from " + min + " to " + max);
        }
        return Integer.parseInt(text);
    }

    private List<String> cut(int count, int bits) {
        int each = width - bits;
        int room = each < prefix ? 0 : 1 << Math.min(each - prefix, 30);
        if (count > room) {
            throw new TemplateException("Template error: Fn::Cidr: " + count + " blocks of /" + each
                    + " do not fit into " + text(address) + "/" + prefix + ", which has room for " + room);
        }
        return IntStream.range(0, count)
                .mapToObj(i -> address.add(BigInteger.valueOf(i).shiftLeft(bits)))
                .map(start -> text(start) + "/" + each)
                .toList();
    }

    private String text(BigInteger start) {
        byte[] bytes = new byte[width / 8];
        byte[] digits = start.toByteArray();
        int length = Math.min(digits.length, bytes.length);
        System.arraycopy(digits, digits.length - length, bytes, bytes.length - length, length);
        try {
            return width == 32
                    ? InetAddress.getByAddress(bytes).getHostAddress()
                    : shortened(Inet6Address.getByAddress(null, bytes, -1).getHostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(bytes.length + " bytes are no address", e);
        }
    }

    /** With the longest run of zeros left out, as everybody writes an address of IPv6. */
    private static String shortened(String address) {
        for (int zeros = 8; zeros > 1; zeros--) {
            Matcher run =
                    Pattern.compile("(^|:)0(:0){" + (zeros - 1) + "}(:|$)").matcher(address);
            if (run.find()) {
                return run.replaceFirst("::");
            }
        }
        return address;
    }
}
