// SPDX-License-Identifier: Apache-2.0
// Sides have a colour and a shape, so that neither is needed alone. The
// colours are CSS variables (--side-0 ... --side-8), light and dark.
export const SHAPES = ['circle', 'square', 'diamond', 'up', 'down', 'hex',
                       'bar', 'plus', 'dot'] as const;
export type Shape = typeof SHAPES[number];
export const OTHER = 8;

let order = new Map<string, number>();

export function setSides(sides: string[]) {
    order = new Map(sides.slice(0, OTHER).map((s, i) => [s, i]));
}

export const sideIndex = (side: string | null | undefined) =>
    side ? order.get(side) ?? OTHER : OTHER;
export const sidesInOrder = () => [...order.keys()];

type Target = Pick<CanvasPath, 'moveTo' | 'lineTo' | 'arc' | 'rect' |
                   'closePath'>;

export function trace(c: Target, index: number, x: number, y: number,
                      r: number) {
    switch (SHAPES[index]) {
    case 'square':
        c.rect(x - r * .85, y - r * .85, r * 1.7, r * 1.7);
        break;
    case 'diamond':
        c.moveTo(x, y - r * 1.15); c.lineTo(x + r * 1.15, y);
        c.lineTo(x, y + r * 1.15); c.lineTo(x - r * 1.15, y); c.closePath();
        break;
    case 'up':
        c.moveTo(x, y - r); c.lineTo(x + r, y + r * .8);
        c.lineTo(x - r, y + r * .8); c.closePath();
        break;
    case 'down':
        c.moveTo(x, y + r); c.lineTo(x + r, y - r * .8);
        c.lineTo(x - r, y - r * .8); c.closePath();
        break;
    case 'hex':
        for (let i = 0; i < 6; i++) {
            const a = Math.PI / 3 * i;
            const px = x + r * Math.cos(a), py = y + r * Math.sin(a);
            if (i) c.lineTo(px, py); else c.moveTo(px, py);
        }
        c.closePath();
        break;
    case 'bar':
        c.rect(x - r * .5, y - r, r, r * 2);
        break;
    case 'plus':
        c.rect(x - r, y - r * .35, r * 2, r * .7);
        c.rect(x - r * .35, y - r, r * .7, r * 2);
        break;
    default:
        c.moveTo(x + r, y);
        c.arc(x, y, SHAPES[index] === 'dot' ? r * .7 : r, 0, Math.PI * 2);
    }
}

// The same as an SVG path.
export function pathOfShape(index: number, x: number, y: number, r: number) {
    let d = '';
    trace({
        moveTo: (a, b) => { d += `M${a} ${b}`; },
        lineTo: (a, b) => { d += `L${a} ${b}`; },
        rect: (a, b, w, h) => { d += `M${a} ${b}h${w}v${h}h${-w}Z`; },
        arc: (cx, cy, rr) => {
            d = `${d.slice(0, d.lastIndexOf('M'))}M${cx - rr} ${cy}`
                + `a${rr} ${rr} 0 1 0 ${rr * 2} 0`
                + `a${rr} ${rr} 0 1 0 ${-rr * 2} 0Z`;
        },
        closePath: () => { d += 'Z'; },
    }, index, x, y, r);
    return d;
}
