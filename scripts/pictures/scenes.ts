/** Made-up frames of a film, drawn without a font: what subtitles of test pictures stand on. */

export const width = 1280;
export const height = 720;

/** Numbers that look random and are the same each time (mulberry32), from 0 to 1. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function lights(
  random: () => number,
  options: { count: number; colours: readonly string[]; top: number },
): string {
  return Array.from({ length: options.count }, () => {
    const colour = options.colours[Math.floor(random() * options.colours.length)];
    const [x, y] = [random() * width, options.top + random() * (height * 0.55)];
    const size = 5 + random() * 14;
    return `<circle cx="${x}" cy="${y}" r="${size}" fill="${colour}" opacity="${0.25 + random() * 0.45}"/>`;
  }).join("");
}

const filters = `<filter id="soft" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="5"/></filter>
  <filter id="far" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="16"/></filter>`;

/** A kitchen in the evening, somebody at the table, a lamp, the city behind the window. */
export function eveningRoom(): string {
  const random = createRandom(7);
  return `<defs>${filters}
    <linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#6b5443"/><stop offset="0.55" stop-color="#3d2f2b"/><stop offset="1" stop-color="#1d1a20"/></linearGradient>
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#27406b"/><stop offset="0.7" stop-color="#c77d5a"/><stop offset="1" stop-color="#f3c98b"/></linearGradient>
    <radialGradient id="lamp"><stop offset="0" stop-color="#fff6d8"/><stop offset="0.18" stop-color="#ffdf9a" stop-opacity="0.9"/><stop offset="1" stop-color="#ffb45a" stop-opacity="0"/></radialGradient>
    <linearGradient id="table" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#9b6b44"/><stop offset="1" stop-color="#4a2f20"/></linearGradient>
    </defs>
  <rect width="1280" height="720" fill="url(#wall)"/>
  <clipPath id="window"><rect x="700" y="40" width="470" height="380"/></clipPath>
  <g clip-path="url(#window)"><rect x="700" y="40" width="470" height="380" fill="url(#sky)"/><g filter="url(#soft)"><path d="M700 420V300h60v-50h50v70h70v-40h40v60h60v-90h60v70h50v-30h80v130z" fill="#2b2a3d"/></g><g filter="url(#soft)">${lights(random, { count: 110, colours: ["#ffe9b8", "#ffc36b", "#ff8f5a", "#cfe3ff"], top: 230 })}</g></g>
  <g filter="url(#soft)"><path d="M690 30h490v400h-490z M712 52v356h210V52z M946 52v356h212V52z" fill="#2a2022" fill-rule="evenodd"/>
    <path d="M1168 20c70 120 40 300 90 470h40V0z" fill="#c9b8a0" opacity="0.8"/>
    <rect x="60" y="90" width="230" height="170" fill="#8a7460"/><rect x="76" y="106" width="198" height="138" fill="#d9cbb2"/><path d="M76 244l70-80 50 50 40-30 38 60z" fill="#7a8a72"/></g>
  <circle cx="470" cy="150" r="330" fill="url(#lamp)"/>
  <g filter="url(#soft)"><path d="M420 120h100l34 62h-168z" fill="#fbe7bd"/><path d="M466 0h8v120h-8z" fill="#221a18"/></g>
  <g filter="url(#soft)"><path d="M560 720c0-150 30-210 120-240 30-10 44-20 46-50h90c2 30 18 42 50 50 96 26 130 90 136 240z" fill="#5d6f8a"/>
    <path d="M668 476c40-22 170-22 214 0l-6 30c-50 24-150 24-200 0z" fill="#e8ddd0"/>
    <path d="M668 372c-22-130 24-196 106-196 84 0 128 66 108 198-4 50-10 92-26 118-50 22-118 20-164-2-14-28-20-70-24-118z" fill="#1d1715"/>
    <path d="M700 230c40-40 110-40 150 4-30-18-110-22-150-4z" fill="#5a4334" opacity="0.7"/></g>
  <path d="M0 590h1280v130H0z" fill="url(#table)"/>
  <g filter="url(#soft)"><ellipse cx="300" cy="604" rx="120" ry="30" fill="#f1eee6"/><ellipse cx="300" cy="598" rx="92" ry="20" fill="#b2472c"/>
    <rect x="990" y="520" width="60" height="90" rx="10" fill="#dfe7ea" opacity="0.8"/><path d="M280 590c-20-50 20-60 6-110" stroke="#fff" stroke-width="10" opacity="0.25" fill="none"/></g>`;
}

/** A street at noon: bright sky, foliage full of specks, a path. */
export function noonStreet(): string {
  const random = createRandom(21);
  const leaves = Array.from({ length: 900 }, () => {
    const [x, y, size] = [random() * width, 240 + random() ** 0.7 * 480, 3 + random() * 12];
    const green = Math.floor(60 + random() * 150);
    return `<ellipse cx="${x}" cy="${y}" rx="${size}" ry="${size * 0.6}" transform="rotate(${random() * 180} ${x} ${y})" fill="rgb(${green * 0.7},${green},${green * 0.35})"/>`;
  }).join("");
  const specks = Array.from({ length: 160 }, () => {
    const [x, y] = [random() * width, 300 + random() * 420];
    return `<circle cx="${x}" cy="${y}" r="${1 + random() * 4}" fill="#f6f5e4"/>`;
  }).join("");
  return `<defs>${filters}<linearGradient id="day" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#7fb2e8"/><stop offset="1" stop-color="#d3dfe6"/></linearGradient></defs>
  <rect width="1280" height="720" fill="url(#day)"/>
  <g filter="url(#soft)"><path d="M0 330L180 150 360 330v390H0z" fill="#b3674a"/><path d="M880 300l160-160 240 120v460H880z" fill="#8c5a45"/>
    ${[40, 120, 200, 930, 1030, 1130].map((x) => `<rect x="${x}" y="340" width="46" height="70" fill="#e9edf0"/><rect x="${x + 4}" y="346" width="38" height="58" fill="#26303a"/>`).join("")}</g>
  ${leaves}${specks}<path d="M520 720L610 420h60l140 300z" fill="#cfc6b4" opacity="0.85"/>`;
}

/** A club at night: dark, saturated lights, hardly a sharp edge. */
export function nightClub(): string {
  const random = createRandom(33);
  return `<defs>${filters}<radialGradient id="glow" cx="0.7" cy="0.3"><stop offset="0" stop-color="#6a2c91"/><stop offset="0.5" stop-color="#1d1440"/><stop offset="1" stop-color="#05040c"/></radialGradient></defs>
  <rect width="1280" height="720" fill="url(#glow)"/>
  <g filter="url(#soft)">${lights(random, { count: 120, colours: ["#ff4d8d", "#5ad1ff", "#ffe27a", "#ffffff", "#8c5bff"], top: 20 })}</g>
  <g filter="url(#far)"><path d="M0 720V520c90-60 150-10 190 20 60-90 150-90 200 0 60-60 140-60 200-10 60-90 170-80 220 10 60-60 130-50 190 0 60-60 200-70 280-20v200z" fill="#07060d"/></g>`;
}
